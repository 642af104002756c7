-- What happens to materials: where they are, what is left of them, what others call them. One ledger of acts says it all; what a
-- sample's row says of its amount, state and place is what its last act left.

create table lab.places (
  like private.governed including all,
  parent_id uuid,
  kind text not null,
  code text not null default private.new_code_v2('L'),
  name text not null,
  row_count smallint,
  column_count smallint,
  temperature float8,
  keeper_id uuid,
  constraint places_code_key unique (lab_id, code),
  constraint places_name_key unique nulls not distinct (lab_id, parent_id, name),
  constraint place_has_a_name check (btrim(name) <> ''),
  constraint kind_is_known check (kind in ('site', 'room', 'freezer', 'fridge', 'cabinet', 'shelf', 'rack', 'box', 'plate')),
  constraint grid_has_both_sides check ((row_count is null) = (column_count is null)),
  constraint grid_can_be_written check (row_count between 1 and 26 and column_count between 1 and 99),
  constraint plate_is_96_or_384 check (kind <> 'plate' or coalesce((row_count, column_count) in ((8, 12), (16, 24)), false)),
  constraint temperature_exists check (temperature > -273.15 and temperature < 1000),
  constraint not_in_itself check (parent_id <> id),
  constraint places_lab_fk foreign key (lab_id) references lab.labs (id),
  constraint places_parent_fk foreign key (lab_id, parent_id) references lab.places (lab_id, id),
  constraint places_keeper_fk foreign key (lab_id, keeper_id) references lab.people (lab_id, id)
);
create index places_keeper_idx on lab.places (keeper_id) where keeper_id is not null;
comment on table lab.places is 'Storage places: a tree from the site to the box. Everybody of the lab sees the places.';
comment on column lab.places.parent_id is 'The place it stands in.';
comment on column lab.places.kind is 'site, room, freezer, fridge, cabinet, shelf, rack, box or plate.';
comment on column lab.places.code is 'Code on the label: random, the last character checks the others.';
comment on column lab.places.name is 'Name people use; unique where it stands.';
comment on column lab.places.row_count is 'Rows of its grid, written A to Z; null without a grid.';
comment on column lab.places.column_count is 'Columns of its grid, counted from 1; null without a grid.';
comment on column lab.places.temperature is 'Temperature it is kept at [Cel].';
comment on column lab.places.keeper_id is 'Whom to ask about it.';

alter table lab.samples drop constraint status_is_known;
alter table lab.samples
  add column kind text not null default 'sample',
  add column thaw_count integer not null default 0,
  add column custodian_id uuid,
  add column received_at timestamptz,
  add column condition text,
  add column condition_note text,
  add column place_id uuid,
  add column position text,
  add constraint status_is_known check (status in ('available', 'consumed', 'shipped', 'disposed', 'archived', 'missing')),
  add constraint kind_is_known check (kind in ('sample', 'standard', 'control', 'lot')),
  add constraint thaws_are_counted check (thaw_count >= 0),
  add constraint condition_is_known check (condition in ('good', 'thawed', 'warm', 'leaking', 'broken', 'empty', 'unlabelled', 'other')),
  add constraint other_says_what check (condition is distinct from 'other' or btrim(condition_note) <> ''),
  add constraint position_is_in_a_place check (position is null or place_id is not null),
  add constraint samples_custodian_fk foreign key (lab_id, custodian_id) references lab.people (lab_id, id),
  add constraint samples_place_fk foreign key (lab_id, place_id) references lab.places (lab_id, id),
  -- deferrable, so that two can swap in one statement
  add constraint position_holds_one exclude using btree (lab_id with =, place_id with =, position with =)
    where (position is not null) deferrable initially immediate;
create index samples_place_idx on lab.samples (place_id) where place_id is not null;
create index samples_custodian_idx on lab.samples (custodian_id) where custodian_id is not null;
comment on table lab.samples is 'Materials: samples, standards, controls and lots.';
comment on column lab.samples.kind is 'sample, standard, control or lot.';
comment on column lab.samples.status is 'available, consumed, shipped, disposed, archived or missing. Changed by acts.';
comment on column lab.samples.amount is 'How much is left [in amount_unit]. Changed by acts.';
comment on column lab.samples.thaw_count is 'How often it was thawed.';
comment on column lab.samples.custodian_id is 'Who answers for it.';
comment on column lab.samples.received_at is 'When it arrived.';
comment on column lab.samples.condition is 'Condition on receipt: good, thawed, warm, leaking, broken, empty, unlabelled or other.';
comment on column lab.samples.condition_note is 'Condition on receipt, in words.';
comment on column lab.samples.place_id is 'The place it is in.';
comment on column lab.samples.position is 'Its position there, written like A01.';

-- Each act leaves a state; the last one is what the sample's row says. Unit, custodian and place have their keys there or here.
create table lab.material_acts (
  like private.governed including all,
  project_id uuid not null,
  material_id uuid not null,
  number integer not null,
  kind text not null,
  given_amount float8,
  given_unit text,
  change numeric,
  balance numeric,
  unit text,
  status text not null,
  thaw_count integer not null,
  custodian_id uuid,
  received_at timestamptz,
  condition text,
  condition_note text,
  place_id uuid,
  position text,
  other_id uuid,
  reason text,
  departure text,
  happened_at timestamptz not null default clock_timestamp(),
  act_key uuid,
  constraint acts_are_counted unique (lab_id, material_id, number),
  constraint kind_is_known check (kind in ('register', 'receive', 'take', 'use', 'correct', 'consume', 'thaw', 'move', 'custody',
    'archive', 'dispose', 'ship', 'miss', 'restore')),
  constraint registered_first check (kind <> 'register' or number = 1),
  constraint balance_is_not_negative check (balance >= 0),
  constraint change_is_a_number check (change not in ('NaN', 'infinity', '-infinity')),
  constraint given_amount_has_a_unit check ((given_amount is null) = (given_unit is null)),
  constraint given_amount_is_an_amount check (given_amount >= 0 and given_amount < 'infinity'),
  constraint taking_takes check (kind not in ('take', 'use') or change <= 0),
  constraint reason_is_not_blank check (btrim(reason) <> ''),
  constraint what_is_unusual_has_a_reason check (
    reason is not null or (departure is null and kind not in ('correct', 'archive', 'dispose', 'ship', 'restore'))),
  constraint departure_is_known check (departure in ('quarantine', 'blocked', 'expired')),
  constraint material_acts_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint material_acts_material_fk foreign key (lab_id, material_id) references lab.samples (lab_id, id),
  constraint material_acts_other_fk foreign key (lab_id, other_id) references lab.samples (lab_id, id),
  constraint material_acts_custodian_fk foreign key (lab_id, custodian_id) references lab.people (lab_id, id),
  constraint material_acts_place_fk foreign key (lab_id, place_id) references lab.places (lab_id, id)
);
create index material_acts_project_idx on lab.material_acts (project_id, id);
create index material_acts_place_idx on lab.material_acts (place_id) where place_id is not null;
create index material_acts_other_idx on lab.material_acts (other_id) where other_id is not null;
create index material_acts_custodian_idx on lab.material_acts (custodian_id) where custodian_id is not null;
create index material_acts_departure_idx on lab.material_acts (project_id, id) where departure is not null;
comment on table lab.material_acts is 'The ledger: everything that happened to a material, and how it stood afterwards.';
comment on column lab.material_acts.project_id is 'The project of the material.';
comment on column lab.material_acts.material_id is 'The material.';
comment on column lab.material_acts.number is 'Counts the acts of one material, from 1.';
comment on column lab.material_acts.kind is 'register, receive, take, use (went into another material), correct, consume, thaw, move, custody, archive, dispose, ship, miss or restore.';
comment on column lab.material_acts.given_amount is 'How much was taken, or found to be there, as the person gave it [in given_unit].';
comment on column lab.material_acts.given_unit is 'Unit of given_amount.';
comment on column lab.material_acts.change is 'By how much the amount changed [in unit].';
comment on column lab.material_acts.balance is 'How much was left afterwards [in unit].';
comment on column lab.material_acts.unit is 'Unit of change and balance.';
comment on column lab.material_acts.status is 'Status afterwards.';
comment on column lab.material_acts.thaw_count is 'Thaws so far.';
comment on column lab.material_acts.custodian_id is 'Who answered for it afterwards.';
comment on column lab.material_acts.received_at is 'When it had arrived.';
comment on column lab.material_acts.condition is 'Condition on receipt.';
comment on column lab.material_acts.condition_note is 'Condition on receipt, in words.';
comment on column lab.material_acts.place_id is 'The place it was in afterwards.';
comment on column lab.material_acts.position is 'Its position there.';
comment on column lab.material_acts.other_id is 'The material it went into.';
comment on column lab.material_acts.reason is 'Why.';
comment on column lab.material_acts.departure is 'What was not allowed and done for that reason: use of a lot that was in quarantine, blocked or expired.';
comment on column lab.material_acts.happened_at is 'When it happened at the bench.';
comment on column lab.material_acts.act_key is 'Made by the client; the same act is registered once, however often it is sent.';

create table lab.foreign_codes (
  like private.governed including all,
  project_id uuid not null,
  material_id uuid not null,
  kind text not null default 'other',
  code text not null,
  constraint foreign_codes_key unique (lab_id, kind, code),
  constraint code_can_be_scanned check (code = btrim(code) and code <> '' and length(code) <= 200 and code !~ '[[:cntrl:]]'),
  constraint kind_is_named check (btrim(kind) <> '' and length(kind) <= 60),
  constraint foreign_codes_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint foreign_codes_material_fk foreign key (lab_id, material_id) references lab.samples (lab_id, id)
);
create index foreign_codes_material_idx on lab.foreign_codes (material_id);
create index foreign_codes_project_idx on lab.foreign_codes (project_id, id);
create index foreign_codes_code_idx on lab.foreign_codes (lab_id, code);
comment on table lab.foreign_codes is 'What others call a material: codes of its sender, supplier or an older system. Scannable.';
comment on column lab.foreign_codes.project_id is 'The project of the material.';
comment on column lab.foreign_codes.material_id is 'The material.';
comment on column lab.foreign_codes.kind is 'Whose code it is, for example "supplier"; a code is unique in its lab and kind.';
comment on column lab.foreign_codes.code is 'The code as it is printed.';

-- What came with a default was so in the past of every material too.
do $$
begin
  if to_regclass('history.samples') is not null then
    alter table history.samples add column kind text default 'sample', add column thaw_count integer default 0;
    alter table history.samples alter column kind drop default, alter column thaw_count drop default;
  end if;
end $$;

-- A material that was registered before there was a ledger is registered in it now, with its row in the past and in the log.
do $$
declare
  event record;
begin
  if not exists (select from lab.samples where amount is not null or status <> 'available') then
    return;
  end if;
  insert into lab.material_acts (lab_id, project_id, material_id, number, kind, change, balance, unit, status, thaw_count, happened_at, created_by, updated_by)
  select s.lab_id, s.project_id, s.id, 1, 'register', s.amount::text::numeric, s.amount::text::numeric, s.amount_unit, s.status, 0, s.created_at, null, null
  from lab.samples s
  where s.amount is not null or s.status <> 'available';
  perform private.govern_history('material_acts');
  perform private.govern_policy('history', 'material_acts', 'all_law', 'to law, migrator using (true) with check (true)');
  for event in
    insert into audit.events (lab_id, table_name, act, row_count)
    select a.lab_id, 'material_acts', 'insert', count(*) from lab.material_acts a group by a.lab_id
    returning id, lab_id
  loop
    insert into history.material_acts select a.*, event.id, 'insert' from lab.material_acts a where a.lab_id = event.lab_id;
  end loop;
end $$;
