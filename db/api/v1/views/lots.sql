create or replace view api_v1.lots with (security_invoker) as
select id, lab_id, project_id, material_id, supplier, catalogue_number, lot_number, certificate_file_id, status, opened_on, expires_on,
  in_use_days, least(expires_on, opened_on + in_use_days) as expires_first, expiry_reason, low_amount,
  version, created_at, created_by, updated_at, updated_by
from lab.lots;
comment on view api_v1.lots is 'Batches of bought or prepared reagents: what their material has beyond other materials. Status and opening change by acts, the rest by edits.';
comment on column api_v1.lots.expires_first is 'The last day on which it may be used: the printed one, or so many days after opening.';
grant select, update on api_v1.lots to member;

-- Asked with expires_first=lte.<day>&order=expires_first,material_id.
create or replace view api_v1.expiring_lots with (security_invoker) as
select l.material_id, l.lab_id, l.project_id, s.code, s.name, l.supplier, l.catalogue_number, l.lot_number, l.status,
  l.opened_on, l.expires_on, l.in_use_days, least(l.expires_on, l.opened_on + l.in_use_days) as expires_first,
  s.amount, s.amount_unit, s.place_id, s.position
from lab.lots l
join lab.samples s on s.lab_id = l.lab_id and s.id = l.material_id
where s.status = 'available' and least(l.expires_on, l.opened_on + l.in_use_days) is not null;
comment on view api_v1.expiring_lots is 'Lots in stock that expire: filter and sort by expires_first.';
comment on column api_v1.expiring_lots.expires_first is 'The last day on which it may be used: the printed one, or so many days after opening.';
grant select on api_v1.expiring_lots to member;

create or replace view api_v1.low_stock with (security_invoker) as
select l.material_id, l.lab_id, l.project_id, s.code, s.name, l.supplier, l.catalogue_number, l.lot_number, l.status,
  s.amount, l.low_amount, s.amount_unit, s.status as material_status, s.place_id, s.position
from lab.lots l
join lab.samples s on s.lab_id = l.lab_id and s.id = l.material_id
where s.amount <= l.low_amount and s.status in ('available', 'consumed');
comment on view api_v1.low_stock is 'Lots of which there is no more than the amount at which stock is low.';
comment on column api_v1.low_stock.material_status is 'Status of the material: available or consumed.';
grant select on api_v1.low_stock to member;

create or replace view api_v1.material_departures with (security_invoker) as
select a.id, a.lab_id, a.project_id, a.material_id, s.code, s.name, a.kind, a.departure, a.reason, a.given_amount, a.given_unit, a.other_id,
  a.happened_at, a.created_by, p.name as created_by_name
from lab.material_acts a
join lab.samples s on s.lab_id = a.lab_id and s.id = a.material_id
left join lab.people p on p.lab_id = a.lab_id and p.id = a.created_by
where a.departure is not null;
comment on view api_v1.material_departures is 'Uses of lots that were blocked, in quarantine or expired, each with its reason.';
comment on column api_v1.material_departures.created_by_name is 'Printed name of who recorded it.';
grant select on api_v1.material_departures to member;
