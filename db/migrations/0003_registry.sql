-- Vocabulary, samples and where they come from, experiments and their entries.

create table lab.units (
  like private.governed including all,
  code text not null,
  name text not null,
  constraint units_code_key unique (lab_id, code),
  constraint units_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.units is 'Units of measurement.';
comment on column lab.units.code is 'UCUM code where UCUM has one, as written after a value.';
comment on column lab.units.name is 'Name in words.';

create table lab.measurands (
  like private.governed including all,
  code text not null,
  name text not null,
  unit text not null,
  constraint measurands_code_key unique (lab_id, code),
  constraint measurands_unit_fk foreign key (lab_id, unit) references lab.units (lab_id, code)
);
comment on table lab.measurands is 'What is measured.';
comment on column lab.measurands.code is 'Short code, used in queries.';
comment on column lab.measurands.name is 'Name in words.';
comment on column lab.measurands.unit is 'The unit it is usually reported in.';

-- 30 symbols without 0 O 1 I L U; the last one checks the others (weighted sum mod 30), so a mistyped code is noticed.
create function private.new_code_v1(prefix text)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  alphabet constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  bytes constant bytea := uuid_send(gen_random_uuid());
  body text := '';
  total int := 0;
  digit int;
begin
  for i in 0..5 loop
    digit := get_byte(bytes, i) % 30;
    body := body || substr(alphabet, digit + 1, 1);
    total := total + digit * (i + 1);
  end loop;
  return prefix || '-' || body || substr(alphabet, total % 30 + 1, 1);
end $$;
grant execute on function private.new_code_v1(text) to law, member;

create table lab.samples (
  like private.governed including all,
  project_id uuid not null,
  code text not null default private.new_code_v1('S'),
  name text not null,
  sample_type text not null,
  description text not null default '',
  status text not null default 'available',
  amount float8,
  amount_unit text,
  synthetic boolean not null default false,
  constraint samples_code_key unique (lab_id, code),
  constraint sample_has_a_name check (btrim(name) <> ''),
  constraint status_is_known check (status in ('available', 'consumed', 'shipped', 'disposed', 'archived')),
  constraint amount_has_a_unit check ((amount is null) = (amount_unit is null)),
  constraint amount_is_not_negative check (amount >= 0 and amount < 'infinity'),
  constraint samples_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint samples_unit_fk foreign key (lab_id, amount_unit) references lab.units (lab_id, code)
);
create index samples_project_idx on lab.samples (project_id, id);
comment on table lab.samples is 'Materials under study.';
comment on column lab.samples.project_id is 'The project it belongs to.';
comment on column lab.samples.code is 'Code on the label: random, the last character checks the others.';
comment on column lab.samples.name is 'Name people use.';
comment on column lab.samples.sample_type is 'What kind of material.';
comment on column lab.samples.description is 'In words.';
comment on column lab.samples.status is 'available, consumed, shipped, disposed or archived.';
comment on column lab.samples.amount is 'How much is left [in amount_unit].';
comment on column lab.samples.amount_unit is 'Unit of amount.';
comment on column lab.samples.synthetic is 'Made up for demonstration or load, not measured in any laboratory.';

create table lab.sample_origins (
  like private.governed including all,
  project_id uuid not null,
  sample_id uuid not null,
  parent_id uuid not null,
  kind text not null,
  amount float8,
  amount_unit text,
  constraint sample_origins_key unique (lab_id, sample_id, parent_id),
  constraint kind_is_known check (kind in ('aliquot', 'extract', 'pool', 'split', 'prepare')),
  constraint not_made_from_itself check (sample_id <> parent_id),
  constraint amount_has_a_unit check ((amount is null) = (amount_unit is null)),
  constraint sample_origins_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint sample_origins_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id),
  constraint sample_origins_parent_fk foreign key (lab_id, parent_id) references lab.samples (lab_id, id),
  constraint sample_origins_unit_fk foreign key (lab_id, amount_unit) references lab.units (lab_id, code)
);
create index sample_origins_parent_idx on lab.sample_origins (parent_id);
comment on table lab.sample_origins is 'Made from: which sample comes from which, and how.';
comment on column lab.sample_origins.project_id is 'The project it belongs to.';
comment on column lab.sample_origins.sample_id is 'The sample that was made.';
comment on column lab.sample_origins.parent_id is 'The sample it was made from.';
comment on column lab.sample_origins.kind is 'aliquot, extract, pool, split or prepare.';
comment on column lab.sample_origins.amount is 'How much of the parent went in [in amount_unit].';
comment on column lab.sample_origins.amount_unit is 'Unit of amount.';

create table lab.experiments (
  like private.governed including all,
  project_id uuid not null,
  code text not null default private.new_code_v1('E'),
  name text not null,
  question text not null default '',
  source text not null default '',
  status text not null default 'running',
  synthetic boolean not null default false,
  constraint experiments_code_key unique (lab_id, code),
  constraint experiment_has_a_name check (btrim(name) <> ''),
  constraint status_is_known check (status in ('planned', 'running', 'finished', 'archived')),
  constraint experiments_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index experiments_project_idx on lab.experiments (project_id, id);
comment on table lab.experiments is 'Questions put to materials, with a plan.';
comment on column lab.experiments.project_id is 'The project it belongs to.';
comment on column lab.experiments.code is 'Code: random, the last character checks the others.';
comment on column lab.experiments.name is 'Name people use.';
comment on column lab.experiments.question is 'What it asks.';
comment on column lab.experiments.source is 'Where published data comes from.';
comment on column lab.experiments.status is 'planned, running, finished or archived.';
comment on column lab.experiments.synthetic is 'Made up for demonstration or load, not measured in any laboratory.';

create table lab.entries (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid not null,
  title text not null,
  document jsonb not null default '{"type": "doc", "content": []}',
  constraint entry_has_a_title check (btrim(title) <> ''),
  constraint document_is_a_document check (jsonb_typeof(document) = 'object' and document ->> 'type' = 'doc'),
  constraint entries_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint entries_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id)
);
create index entries_experiment_idx on lab.entries (experiment_id);
comment on table lab.entries is 'The rich text of an experiment.';
comment on column lab.entries.project_id is 'The project it belongs to.';
comment on column lab.entries.experiment_id is 'The experiment it tells of.';
comment on column lab.entries.title is 'Title.';
comment on column lab.entries.document is 'Structured document (ProseMirror JSON); images name a file by its id.';
