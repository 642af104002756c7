-- Sample types as versioned data: a version is a list of typed fields; a sample stays on the version it was registered with.

create table lab.sample_types (
  like private.governed including all,
  name text not null,
  description text not null default '',
  archived boolean not null default false,
  constraint sample_types_name_key unique (lab_id, name),
  constraint type_has_a_name check (btrim(name) <> ''),
  constraint sample_types_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.sample_types is 'Kinds of samples. What is known of a kind stands in its versions.';
comment on column lab.sample_types.name is 'Name, as it stands in sample_type of a sample.';
comment on column lab.sample_types.description is 'In words.';
comment on column lab.sample_types.archived is 'True: no new samples of this kind. Only a type without samples can be archived.';

create table lab.sample_type_versions (
  like private.governed including all,
  sample_type_id uuid not null,
  number integer not null,
  status text not null default 'draft',
  fields jsonb not null default '[]',
  effective_at timestamptz,
  constraint sample_type_versions_key unique (lab_id, sample_type_id, number),
  constraint status_is_known check (status in ('draft', 'effective', 'retired')),
  constraint fields_are_a_list check (jsonb_typeof(fields) = 'array'),
  constraint a_draft_was_not_effective check ((status = 'draft') = (effective_at is null)),
  constraint sample_type_versions_type_fk foreign key (lab_id, sample_type_id) references lab.sample_types (lab_id, id)
);
create unique index one_effective_type_version on lab.sample_type_versions (lab_id, sample_type_id) where status = 'effective';
comment on table lab.sample_type_versions is 'Versions of sample types, at most one effective.';
comment on column lab.sample_type_versions.sample_type_id is 'The sample type.';
comment on column lab.sample_type_versions.number is 'Version number.';
comment on column lab.sample_type_versions.status is 'draft, effective or retired.';
comment on column lab.sample_type_versions.fields is
  'List of fields: key, label, help, type (text, number, date, choice, boolean, link, file), unit, low, high, choices, required, default, link_to, condition, computed.';
comment on column lab.sample_type_versions.effective_at is 'When it became effective.';

-- The compiled list. Written once, when a version becomes effective.
create table lab.sample_fields (
  like private.governed including all,
  sample_type_id uuid not null,
  type_version integer not null,
  key text not null,
  ordinal integer not null,
  label text not null,
  help text not null default '',
  data_type text not null,
  unit text,
  low float8,
  high float8,
  choices text[],
  required boolean not null default false,
  default_value jsonb,
  link_to text,
  condition jsonb,
  computed jsonb,
  constraint sample_fields_key unique (lab_id, sample_type_id, type_version, key),
  constraint data_type_is_known check (data_type in ('text', 'number', 'date', 'choice', 'boolean', 'link', 'file')),
  constraint a_number_has_a_unit check ((data_type = 'number') = (unit is not null)),
  constraint only_numbers_have_limits check (data_type = 'number' or num_nonnulls(low, high) = 0),
  constraint limits_leave_room check (low <= high),
  constraint a_choice_has_choices check ((data_type = 'choice') = (choices is not null)),
  constraint a_link_has_a_kind check ((data_type = 'link') = (link_to is not null)),
  constraint link_to_is_known check (link_to in ('sample', 'experiment', 'plate', 'sop_run', 'result')),
  constraint sample_fields_version_fk foreign key (lab_id, sample_type_id, type_version)
    references lab.sample_type_versions (lab_id, sample_type_id, number),
  constraint sample_fields_unit_fk foreign key (lab_id, unit) references lab.units (lab_id, code)
);
create index sample_fields_unit_idx on lab.sample_fields (lab_id, unit);
comment on table lab.sample_fields is 'Fields of effective and retired sample type versions.';
comment on column lab.sample_fields.sample_type_id is 'The sample type.';
comment on column lab.sample_fields.type_version is 'Number of the version.';
comment on column lab.sample_fields.key is 'Key, unique in the version.';
comment on column lab.sample_fields.ordinal is 'Place in reading order.';
comment on column lab.sample_fields.label is 'Label.';
comment on column lab.sample_fields.help is 'What to write there.';
comment on column lab.sample_fields.data_type is 'text, number, date, choice, boolean, link or file.';
comment on column lab.sample_fields.unit is 'Unit of low, high and a computed value; a value may be given in any unit that measures the same.';
comment on column lab.sample_fields.low is 'Lowest value [in unit].';
comment on column lab.sample_fields.high is 'Highest value [in unit].';
comment on column lab.sample_fields.choices is 'What can be chosen.';
comment on column lab.sample_fields.required is 'Takes a value, or "not obtained" with a reason.';
comment on column lab.sample_fields.default_value is 'Taken at registration where nothing is given.';
comment on column lab.sample_fields.link_to is 'Kind of record a link leads to: sample, experiment, plate, sop_run or result.';
comment on column lab.sample_fields.condition is 'Expression: the field applies where it is true.';
comment on column lab.sample_fields.computed is 'Expression that gives the value.';

alter table lab.samples
  add column type_id uuid,
  add column type_version integer,
  add column fields jsonb not null default '{}',
  add constraint type_has_a_version check ((type_id is null) = (type_version is null)),
  add constraint fields_are_an_object check (jsonb_typeof(fields) = 'object'),
  add constraint samples_type_fk foreign key (lab_id, type_id, type_version)
    references lab.sample_type_versions (lab_id, sample_type_id, number);
create index samples_type_idx on lab.samples (type_id, id) where type_id is not null;
comment on column lab.samples.sample_type is 'What kind of material: the name of a sample type, or any words where the lab has not defined one.';
comment on column lab.samples.type_id is 'The sample type, where the lab has defined one of that name.';
comment on column lab.samples.type_version is 'Version of the sample type that its fields follow.';
comment on column lab.samples.fields is
  'By field key: {"value", "unit", "reported"} for a number, the id of a linked record or file, else the plain value; or {"not_obtained": reason}. An edit names the fields it changes; null removes one.';

-- No sample had fields in the past.
do $$
begin
  if to_regclass('history.samples') is not null then
    alter table history.samples add column fields jsonb default '{}';
    alter table history.samples alter column fields drop default;
  end if;
end $$;

-- What fields say, in columns that can be searched. Derived from lab.samples by its triggers, hence neither versioned nor logged.
create table private.sample_numbers (
  lab_id uuid not null,
  project_id uuid not null,
  sample_id uuid not null,
  field text not null,
  value float8 not null,
  dimension text not null,
  primary key (sample_id, field)
);
create index sample_numbers_value_idx on private.sample_numbers (field, value, sample_id);
comment on table private.sample_numbers is 'Number fields of samples in base units of their dimension: see private.to_base.';

create table private.sample_dates (
  lab_id uuid not null,
  project_id uuid not null,
  sample_id uuid not null,
  field text not null,
  value date not null,
  primary key (sample_id, field)
);
create index sample_dates_value_idx on private.sample_dates (field, value, sample_id);
comment on table private.sample_dates is 'Date fields of samples.';

create table private.sample_texts (
  lab_id uuid not null,
  project_id uuid not null,
  sample_id uuid not null,
  field text not null,
  value text not null,
  primary key (sample_id, field)
);
create index sample_texts_value_idx on private.sample_texts (field, left(value, 200), sample_id);
comment on table private.sample_texts is 'Text, choice, boolean, link and file fields of samples, as text.';

-- Policies for members stand in logic/governance/sample_types.sql.
alter table private.sample_numbers enable row level security, force row level security;
alter table private.sample_dates enable row level security, force row level security;
alter table private.sample_texts enable row level security, force row level security;
create policy all_law on private.sample_numbers to law, migrator using (true) with check (true);
create policy all_law on private.sample_dates to law, migrator using (true) with check (true);
create policy all_law on private.sample_texts to law, migrator using (true) with check (true);
grant select, insert, update, delete on private.sample_numbers, private.sample_dates, private.sample_texts to law;
