-- SOPs as data: a version is a tree of blocks, compiled to steps with dependency counters; a run pins its version.

create table lab.sops (
  like private.governed including all,
  code text not null,
  title text not null,
  constraint sops_code_key unique (lab_id, code),
  constraint sops_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.sops is 'Procedures.';
comment on column lab.sops.code is 'Document code.';
comment on column lab.sops.title is 'Title.';

create table lab.sop_versions (
  like private.governed including all,
  sop_id uuid not null,
  number integer not null,
  status text not null default 'draft',
  tree jsonb not null,
  constraint sop_versions_key unique (lab_id, sop_id, number),
  constraint status_is_known check (status in ('draft', 'in review', 'effective', 'retired')),
  constraint tree_is_a_block check (jsonb_typeof(tree) = 'object' and tree ? 'block'),
  constraint sop_versions_sop_fk foreign key (lab_id, sop_id) references lab.sops (lab_id, id)
);
create unique index one_effective_version on lab.sop_versions (lab_id, sop_id) where status = 'effective';
comment on table lab.sop_versions is 'Versions of procedures, at most one effective.';
comment on column lab.sop_versions.sop_id is 'The procedure.';
comment on column lab.sop_versions.number is 'Version number.';
comment on column lab.sop_versions.status is 'draft, in review, effective or retired.';
comment on column lab.sop_versions.tree is 'Tree of blocks: sequence, parallel and steps with their typed fields.';

-- The compiled tree. Written once, when a version becomes effective.
create table lab.sop_steps (
  like private.governed including all,
  sop_version_id uuid not null,
  key text not null,
  ordinal integer not null,
  kind text not null,
  title text not null,
  instructions text not null default '',
  role text not null,
  fields jsonb not null default '[]',
  needs text[] not null default '{}',
  constraint sop_steps_key unique (lab_id, sop_version_id, key),
  constraint kind_is_known check (kind in ('manual', 'measurement', 'approval')),
  constraint fields_are_a_list check (jsonb_typeof(fields) = 'array'),
  constraint sop_steps_version_fk foreign key (lab_id, sop_version_id) references lab.sop_versions (lab_id, id)
);
comment on table lab.sop_steps is 'Steps of an effective SOP version.';
comment on column lab.sop_steps.sop_version_id is 'The version.';
comment on column lab.sop_steps.key is 'Key, unique in the version.';
comment on column lab.sop_steps.ordinal is 'Place in reading order.';
comment on column lab.sop_steps.kind is 'manual, measurement or approval.';
comment on column lab.sop_steps.title is 'Title.';
comment on column lab.sop_steps.instructions is 'What to do.';
comment on column lab.sop_steps.role is 'The role that may complete it.';
comment on column lab.sop_steps.fields is 'Typed fields: key, label, type (number, text, choice, boolean, sample), unit, required, low, high, choices.';
comment on column lab.sop_steps.needs is 'Keys of the steps it depends on.';

create table lab.sop_runs (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid,
  sop_version_id uuid not null,
  code text not null default private.new_code_v1('W'),
  name text not null,
  status text not null default 'running',
  constraint sop_runs_code_key unique (lab_id, code),
  constraint status_is_known check (status in ('running', 'completed', 'aborted')),
  constraint sop_runs_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint sop_runs_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id),
  constraint sop_runs_version_fk foreign key (lab_id, sop_version_id) references lab.sop_versions (lab_id, id)
);
create index sop_runs_project_idx on lab.sop_runs (project_id, id);
comment on table lab.sop_runs is 'Executions of SOP versions.';
comment on column lab.sop_runs.project_id is 'The project it belongs to.';
comment on column lab.sop_runs.experiment_id is 'The experiment it serves.';
comment on column lab.sop_runs.sop_version_id is 'The version it follows, for ever.';
comment on column lab.sop_runs.code is 'Code.';
comment on column lab.sop_runs.name is 'Name people use.';
comment on column lab.sop_runs.status is 'running, completed or aborted.';

create table lab.sop_run_samples (
  like private.governed including all,
  project_id uuid not null,
  sop_run_id uuid not null,
  sample_id uuid not null,
  constraint sop_run_samples_key unique (lab_id, sop_run_id, sample_id),
  constraint sop_run_samples_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint sop_run_samples_run_fk foreign key (lab_id, sop_run_id) references lab.sop_runs (lab_id, id),
  constraint sop_run_samples_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id)
);
comment on table lab.sop_run_samples is 'The samples a run works on.';
comment on column lab.sop_run_samples.project_id is 'The project it belongs to.';
comment on column lab.sop_run_samples.sop_run_id is 'The run.';
comment on column lab.sop_run_samples.sample_id is 'The sample.';

create table lab.run_steps (
  like private.governed including all,
  project_id uuid not null,
  sop_run_id uuid not null,
  sop_step_id uuid not null,
  state text not null,
  waits_for integer not null,
  constraint run_steps_key unique (lab_id, sop_run_id, sop_step_id),
  constraint state_is_known check (state in ('waiting', 'ready', 'completed')),
  constraint counter_agrees_with_state check ((waits_for > 0) = (state = 'waiting')),
  constraint run_steps_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint run_steps_run_fk foreign key (lab_id, sop_run_id) references lab.sop_runs (lab_id, id),
  constraint run_steps_step_fk foreign key (lab_id, sop_step_id) references lab.sop_steps (lab_id, id)
);
comment on table lab.run_steps is 'Where each step of a run stands.';
comment on column lab.run_steps.project_id is 'The project it belongs to.';
comment on column lab.run_steps.sop_run_id is 'The run.';
comment on column lab.run_steps.sop_step_id is 'The step.';
comment on column lab.run_steps.state is 'waiting, ready or completed.';
comment on column lab.run_steps.waits_for is 'How many steps it still waits for.';

create table lab.step_records (
  like private.governed including all,
  project_id uuid not null,
  run_step_id uuid not null,
  fields jsonb not null,
  happened_at timestamptz not null,
  act_key uuid not null,
  act_sha256 text not null,
  constraint step_records_act_key unique (lab_id, act_key),
  constraint step_is_recorded_once unique (lab_id, run_step_id),
  constraint fields_are_an_object check (jsonb_typeof(fields) = 'object'),
  constraint step_records_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint step_records_step_fk foreign key (lab_id, run_step_id) references lab.run_steps (lab_id, id)
);
comment on table lab.step_records is 'What happened at a step.';
comment on column lab.step_records.project_id is 'The project it belongs to.';
comment on column lab.step_records.run_step_id is 'The step of the run.';
comment on column lab.step_records.fields is 'By field key: {"value", "unit"} or {"not_obtained": reason}.';
comment on column lab.step_records.happened_at is 'When it happened at the bench.';
comment on column lab.step_records.act_key is 'Made by the client; the same act is recorded once, however often it is sent.';
comment on column lab.step_records.act_sha256 is 'Hash of the act, to tell a repeat from a clash.';

create table lab.deviations (
  like private.governed including all,
  project_id uuid not null,
  run_step_id uuid not null,
  field text,
  grade text not null,
  rule text not null,
  description text not null,
  status text not null default 'open',
  decision text,
  constraint grade_is_known check (grade in ('note', 'warning', 'deviation')),
  constraint status_is_known check (status in ('open', 'closed')),
  constraint closed_with_a_decision check ((status = 'closed') = (decision is not null)),
  constraint deviations_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint deviations_step_fk foreign key (lab_id, run_step_id) references lab.run_steps (lab_id, id)
);
create index deviations_step_idx on lab.deviations (run_step_id);
comment on table lab.deviations is 'Recorded departures.';
comment on column lab.deviations.project_id is 'The project it belongs to.';
comment on column lab.deviations.run_step_id is 'Where it happened.';
comment on column lab.deviations.field is 'The field it is about, if one.';
comment on column lab.deviations.grade is 'note, warning or deviation.';
comment on column lab.deviations.rule is 'The rule that was broken: out of range, not obtained, or reported by a person.';
comment on column lab.deviations.description is 'What happened.';
comment on column lab.deviations.status is 'open or closed.';
comment on column lab.deviations.decision is 'What was decided.';

create table lab.signatures (
  like private.governed including all,
  project_id uuid not null,
  person_id uuid not null references lab.people (id),
  printed_name text not null,
  meaning text not null,
  table_name text not null,
  record_id uuid not null,
  content_sha256 text not null,
  signed_at timestamptz not null default now(),
  constraint meaning_is_known check (meaning in ('performed', 'authored', 'verified', 'reviewed', 'approved', 'rejected', 'witnessed')),
  constraint signatures_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index signatures_record_idx on lab.signatures (record_id);
comment on table lab.signatures is 'Electronic signatures.';
comment on column lab.signatures.project_id is 'The project it belongs to.';
comment on column lab.signatures.person_id is 'Who signed.';
comment on column lab.signatures.printed_name is 'Name of the signer as printed at that time.';
comment on column lab.signatures.meaning is 'performed, authored, verified, reviewed, approved, rejected or witnessed.';
comment on column lab.signatures.table_name is 'Kind of the signed record.';
comment on column lab.signatures.record_id is 'The signed record.';
comment on column lab.signatures.content_sha256 is 'SHA-256 of the exact content that was signed.';
comment on column lab.signatures.signed_at is 'When.';

-- Single use, five minutes; redeemed on the gateway's own page, where the person authenticates again.
create table private.signature_challenges (
  id uuid primary key default gen_random_uuid(),
  lab_id uuid not null,
  project_id uuid not null,
  person_id uuid not null references lab.people (id),
  meaning text not null,
  table_name text not null,
  record_id uuid not null,
  content_sha256 text not null,
  act jsonb not null,
  expires_at timestamptz not null default now() + interval '5 minutes',
  redeemed_at timestamptz
);
