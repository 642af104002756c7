-- Intake: what was announced, what arrived, and how they differ. And the memory that makes an act repeatable.

-- One row per act that carries a key: the same act, sent again, is answered from here and changes nothing.
create table private.acts (
  lab_id uuid not null,
  act_key uuid not null,
  person_id uuid not null,
  name text not null,
  act_sha256 text not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (lab_id, act_key)
);
grant select, insert, update on private.acts to law;

create table lab.shipments (
  like private.governed including all,
  project_id uuid not null,
  code text not null default private.new_code_v1('H'),
  name text not null,
  sender text not null,
  reference text,
  expected_on date,
  status text not null default 'announced',
  arrived_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  closing_reason text,
  constraint shipments_code_key unique (lab_id, code),
  constraint shipment_has_a_name check (btrim(name) <> ''),
  constraint shipment_has_a_sender check (btrim(sender) <> ''),
  constraint same_shipment_once unique (lab_id, project_id, sender, reference),
  constraint status_is_known check (status in ('announced', 'arrived', 'closed')),
  constraint closed_by_somebody check ((status = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
  constraint shipments_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint shipments_closed_by_fk foreign key (lab_id, closed_by) references lab.people (lab_id, id)
);
create index shipments_project_idx on lab.shipments (project_id, id);
create index shipments_closed_by_idx on lab.shipments (lab_id, closed_by);
comment on table lab.shipments is 'Shipments of material to the lab: announced with a list, received against it, closed.';
comment on column lab.shipments.project_id is 'The project it belongs to.';
comment on column lab.shipments.code is 'Code.';
comment on column lab.shipments.name is 'Name people use.';
comment on column lab.shipments.sender is 'Who sends it.';
comment on column lab.shipments.reference is 'The sender''s own number for it; the same number of one sender is announced once.';
comment on column lab.shipments.expected_on is 'The day on which it is expected.';
comment on column lab.shipments.status is 'announced, arrived or closed.';
comment on column lab.shipments.arrived_at is 'When the first of it was received.';
comment on column lab.shipments.closed_at is 'When it was closed.';
comment on column lab.shipments.closed_by is 'Who closed it.';
comment on column lab.shipments.closing_reason is 'What was done about what differed from the list.';

create table lab.shipment_items (
  like private.governed including all,
  project_id uuid not null,
  shipment_id uuid not null,
  ordinal integer not null,
  sender_code text not null,
  name text not null,
  sample_type text not null,
  description text not null default '',
  amount float8,
  amount_unit text,
  expected boolean not null,
  outcome text not null default 'awaited',
  condition text,
  condition_note text,
  received_amount float8,
  received_unit text,
  received_at timestamptz,
  received_by uuid,
  sample_id uuid,
  constraint shipment_items_key unique (lab_id, shipment_id, sender_code),
  constraint item_has_a_code check (btrim(sender_code) <> ''),
  constraint item_has_a_name check (btrim(name) <> ''),
  constraint outcome_is_known check (outcome in ('awaited', 'received', 'missing')),
  constraint condition_is_known check (condition in ('good', 'thawed', 'warm', 'leaking', 'broken', 'empty', 'unlabelled', 'other')),
  constraint received_in_a_condition check ((outcome = 'received') = (condition is not null)),
  constraint received_makes_a_sample check ((outcome = 'received') = (sample_id is not null)),
  constraint other_says_what check (condition is distinct from 'other' or btrim(condition_note) <> ''),
  constraint unexpected_is_never_missing check (expected or outcome <> 'missing'),
  constraint noted_by_somebody check ((outcome = 'awaited') = (received_at is null) and (received_at is null) = (received_by is null)),
  constraint amount_has_a_unit check ((amount is null) = (amount_unit is null)),
  constraint amount_is_not_negative check (amount >= 0 and amount < 'infinity'),
  constraint received_amount_has_a_unit check ((received_amount is null) = (received_unit is null)),
  constraint received_amount_is_not_negative check (received_amount >= 0 and received_amount < 'infinity'),
  constraint shipment_items_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint shipment_items_shipment_fk foreign key (lab_id, shipment_id) references lab.shipments (lab_id, id),
  constraint shipment_items_unit_fk foreign key (lab_id, amount_unit) references lab.units (lab_id, code),
  constraint shipment_items_received_unit_fk foreign key (lab_id, received_unit) references lab.units (lab_id, code),
  constraint shipment_items_received_by_fk foreign key (lab_id, received_by) references lab.people (lab_id, id),
  constraint shipment_items_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id)
);
create index shipment_items_project_idx on lab.shipment_items (project_id, id);
create index shipment_items_shipment_idx on lab.shipment_items (shipment_id, ordinal);
create index shipment_items_unit_idx on lab.shipment_items (lab_id, amount_unit);
create index shipment_items_received_unit_idx on lab.shipment_items (lab_id, received_unit);
create index shipment_items_received_by_idx on lab.shipment_items (lab_id, received_by);
create index shipment_items_sample_idx on lab.shipment_items (lab_id, sample_id);
create index shipment_items_code_idx on lab.shipment_items (lab_id, sender_code);
comment on table lab.shipment_items is 'Each item of a shipment: what the sender''s list says of it, and how it arrived.';
comment on column lab.shipment_items.project_id is 'The project it belongs to.';
comment on column lab.shipment_items.shipment_id is 'The shipment.';
comment on column lab.shipment_items.ordinal is 'Place in the list; what came unexpectedly follows at the end.';
comment on column lab.shipment_items.sender_code is 'The sender''s code for it, as on the tube.';
comment on column lab.shipment_items.name is 'Name.';
comment on column lab.shipment_items.sample_type is 'What kind of material.';
comment on column lab.shipment_items.description is 'In words.';
comment on column lab.shipment_items.amount is 'How much there is by the list [in amount_unit].';
comment on column lab.shipment_items.amount_unit is 'Unit of amount.';
comment on column lab.shipment_items.expected is 'Whether it was on the list.';
comment on column lab.shipment_items.outcome is 'awaited, received or missing.';
comment on column lab.shipment_items.condition is 'Condition on receipt: good, thawed, warm, leaking, broken, empty, unlabelled or other.';
comment on column lab.shipment_items.condition_note is 'What else was seen on receipt.';
comment on column lab.shipment_items.received_amount is 'How much came, where the receiver says [in received_unit].';
comment on column lab.shipment_items.received_unit is 'Unit of received_amount.';
comment on column lab.shipment_items.received_at is 'When it was received, or found missing.';
comment on column lab.shipment_items.received_by is 'Who received it, or found it missing.';
comment on column lab.shipment_items.sample_id is 'The sample it became.';
