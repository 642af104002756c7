create or replace view api_v1.shipments with (security_invoker) as
select s.id, s.lab_id, s.project_id, s.code, s.name, s.sender, s.reference, s.expected_on, s.status,
  c.listed_count, c.awaited_count, c.received_count, c.missing_count, c.unexpected_count,
  s.arrived_at, s.closed_at, s.closed_by, s.closing_reason,
  s.version, s.created_at, s.created_by, s.updated_at, s.updated_by
from lab.shipments s
cross join lateral private.count_items(s.id) c;
comment on view api_v1.shipments is 'Shipments of material to the lab: announced with a list, received against it, closed.';
comment on column api_v1.shipments.listed_count is 'How many items are on the list.';
comment on column api_v1.shipments.awaited_count is 'How many of the list were neither received nor found missing.';
comment on column api_v1.shipments.received_count is 'How many of the list were received.';
comment on column api_v1.shipments.missing_count is 'How many of the list are missing.';
comment on column api_v1.shipments.unexpected_count is 'How many came that were not on the list.';
grant select on api_v1.shipments to member;

create or replace view api_v1.shipment_items with (security_invoker) as
select i.id, i.lab_id, i.project_id, i.shipment_id, i.ordinal, i.sender_code, i.name, i.sample_type, i.description, i.amount, i.amount_unit,
  i.expected, i.outcome, i.condition, i.condition_note, i.received_amount, i.received_unit, i.received_at, i.received_by,
  p.name as received_by_name, i.sample_id, s.code as sample, i.version, i.created_at, i.created_by, i.updated_at, i.updated_by
from lab.shipment_items i
left join lab.people p on p.lab_id = i.lab_id and p.id = i.received_by
left join lab.samples s on s.lab_id = i.lab_id and s.id = i.sample_id;
comment on view api_v1.shipment_items is 'Each item of a shipment: what the sender''s list says of it, and how it arrived.';
comment on column api_v1.shipment_items.received_by_name is 'Printed name of who received it, or found it missing.';
comment on column api_v1.shipment_items.sample is 'Code of the sample it became.';
grant select on api_v1.shipment_items to member;

create or replace view api_v1.shipment_discrepancies with (security_invoker) as
select i.id as item_id, i.lab_id, i.project_id, i.shipment_id, i.ordinal, i.sender_code, i.name, d.kind, d.description, i.sample_id, i.received_at
from lab.shipment_items i
cross join lateral private.differences_of(i) d;
comment on view api_v1.shipment_discrepancies is 'What differs between a shipment and its list.';
comment on column api_v1.shipment_discrepancies.item_id is 'The item.';
comment on column api_v1.shipment_discrepancies.kind is 'missing, unexpected, condition or amount.';
comment on column api_v1.shipment_discrepancies.description is 'How it differs, in words.';
grant select on api_v1.shipment_discrepancies to member;
