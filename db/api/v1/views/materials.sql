create or replace view api_v1.places with (security_invoker) as
select id, lab_id, parent_id, kind, code, name, row_count, column_count, temperature, keeper_id,
  version, created_at, created_by, updated_at, updated_by
from lab.places;
comment on view api_v1.places is 'Storage places: a tree from the site to the box. Everybody of the lab sees the places.';
grant select, insert, update on api_v1.places to member;

create or replace view api_v1.foreign_codes with (security_invoker) as
select id, lab_id, project_id, material_id, kind, code, version, created_at, created_by, updated_at, updated_by
from lab.foreign_codes;
comment on view api_v1.foreign_codes is 'What others call a material: codes of its sender, supplier or an older system. Scannable. The project follows from the material.';
grant select, insert, update on api_v1.foreign_codes to member;

-- Amounts are kept as exact decimals; programs read them as numbers.
create or replace view api_v1.material_acts with (security_invoker) as
select a.id, a.lab_id, a.project_id, a.material_id, a.number, a.kind, a.given_amount, a.given_unit,
  a.change::float8 as change, a.balance::float8 as balance, a.unit, a.status, a.thaw_count, a.custodian_id,
  a.received_at, a.condition, a.condition_note, a.place_id, a.position, a.other_id, a.reason, a.departure, a.happened_at, a.act_key,
  a.created_at, a.created_by, p.name as created_by_name
from lab.material_acts a
left join lab.people p on p.lab_id = a.lab_id and p.id = a.created_by;
comment on view api_v1.material_acts is 'The ledger: everything that happened to a material, and how it stood afterwards. Its changes in the present unit add up to the amount.';
comment on column api_v1.material_acts.change is 'By how much the amount changed [in unit].';
comment on column api_v1.material_acts.balance is 'How much was left afterwards [in unit].';
comment on column api_v1.material_acts.created_by_name is 'Printed name of who recorded it.';
grant select on api_v1.material_acts to member;
