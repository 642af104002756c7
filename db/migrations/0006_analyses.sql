-- Notebook analyses, what they stood on, and the results they gave.

create table lab.analyses (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid not null,
  code text not null default private.new_code_v1('A'),
  title text not null,
  notebook text not null,
  source_sha256 text not null,
  environment jsonb not null default '{}',
  started_at timestamptz not null,
  finished_at timestamptz not null,
  request_key uuid not null,
  constraint analyses_code_key unique (lab_id, code),
  constraint analyses_request_key unique (lab_id, request_key),
  constraint source_is_hashed check (source_sha256 ~ '^[0-9a-f]{64}$'),
  constraint ends_after_start check (finished_at >= started_at),
  constraint analyses_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint analyses_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id)
);
create index analyses_experiment_idx on lab.analyses (experiment_id);
comment on table lab.analyses is 'Notebook analyses: source, environment, inputs and results.';
comment on column lab.analyses.project_id is 'The project it belongs to.';
comment on column lab.analyses.experiment_id is 'The experiment it was made for.';
comment on column lab.analyses.code is 'Code.';
comment on column lab.analyses.title is 'Title.';
comment on column lab.analyses.notebook is 'Name of the notebook or script, as its author gave it.';
comment on column lab.analyses.source_sha256 is 'SHA-256 of the source that ran, lower-case hexadecimal.';
comment on column lab.analyses.environment is 'Kernel and library versions.';
comment on column lab.analyses.started_at is 'When it began.';
comment on column lab.analyses.finished_at is 'When it ended.';
comment on column lab.analyses.request_key is 'Made by the client; the same key is registered once.';

create table lab.analysis_inputs (
  like private.governed including all,
  project_id uuid not null,
  analysis_id uuid not null,
  query jsonb not null,
  row_count bigint not null,
  sha256 text not null,
  position bigint not null,
  constraint input_is_hashed check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint analysis_inputs_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint analysis_inputs_analysis_fk foreign key (lab_id, analysis_id) references lab.analyses (lab_id, id)
);
create index analysis_inputs_analysis_idx on lab.analysis_inputs (analysis_id);
comment on table lab.analysis_inputs is 'What was served to an analysis: the query, how many rows, and their hash.';
comment on column lab.analysis_inputs.project_id is 'The project it belongs to.';
comment on column lab.analysis_inputs.analysis_id is 'The analysis.';
comment on column lab.analysis_inputs.query is 'View, columns and filters that were asked.';
comment on column lab.analysis_inputs.row_count is 'Rows served.';
comment on column lab.analysis_inputs.sha256 is 'SHA-256 of the served record batches, lower-case hexadecimal.';
comment on column lab.analysis_inputs.position is 'Position of the log when it was served.';

create table lab.analysis_samples (
  like private.governed including all,
  project_id uuid not null,
  analysis_id uuid not null,
  sample_id uuid not null,
  constraint analysis_samples_key unique (lab_id, analysis_id, sample_id),
  constraint analysis_samples_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint analysis_samples_analysis_fk foreign key (lab_id, analysis_id) references lab.analyses (lab_id, id),
  constraint analysis_samples_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id)
);
create index analysis_samples_sample_idx on lab.analysis_samples (sample_id);
comment on table lab.analysis_samples is 'The samples whose measurements were served to an analysis.';
comment on column lab.analysis_samples.project_id is 'The project it belongs to.';
comment on column lab.analysis_samples.analysis_id is 'The analysis.';
comment on column lab.analysis_samples.sample_id is 'The sample.';

create table lab.results (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid not null,
  analysis_id uuid not null,
  sample_id uuid,
  file_id uuid,
  code text not null default private.new_code_v1('R'),
  name text not null,
  status text not null default 'preliminary',
  plot jsonb,
  constraint results_code_key unique (lab_id, code),
  constraint result_has_a_name check (btrim(name) <> ''),
  constraint status_is_known check (status in ('preliminary', 'reviewed', 'released', 'corrected', 'invalidated')),
  constraint plot_is_a_figure check (jsonb_typeof(plot) = 'object' and jsonb_typeof(plot -> 'data') = 'array'),
  constraint results_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint results_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id),
  constraint results_analysis_fk foreign key (lab_id, analysis_id) references lab.analyses (lab_id, id),
  constraint results_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id),
  constraint results_file_fk foreign key (lab_id, file_id) references lab.files (lab_id, id)
);
create index results_experiment_idx on lab.results (experiment_id);
create index results_analysis_idx on lab.results (analysis_id);
comment on table lab.results is 'Reportable results.';
comment on column lab.results.project_id is 'The project it belongs to.';
comment on column lab.results.experiment_id is 'The experiment it answers.';
comment on column lab.results.analysis_id is 'The analysis that gave it.';
comment on column lab.results.sample_id is 'The sample it speaks of, if it is one.';
comment on column lab.results.file_id is 'The file that holds it in full.';
comment on column lab.results.code is 'Code.';
comment on column lab.results.name is 'Name.';
comment on column lab.results.status is 'preliminary, reviewed, released, corrected or invalidated.';
comment on column lab.results.plot is 'Plotly figure: data and layout.';

create table lab.result_values (
  like private.governed including all,
  project_id uuid not null,
  result_id uuid not null,
  measurand text not null,
  value float8 not null,
  standard_error float8,
  unit text not null,
  constraint result_values_key unique (lab_id, result_id, measurand),
  constraint value_is_a_number check (value > '-infinity' and value < 'infinity'),
  constraint error_is_not_negative check (standard_error >= 0 and standard_error < 'infinity'),
  constraint result_values_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint result_values_result_fk foreign key (lab_id, result_id) references lab.results (lab_id, id),
  constraint result_values_measurand_fk foreign key (lab_id, measurand) references lab.measurands (lab_id, code),
  constraint result_values_unit_fk foreign key (lab_id, unit) references lab.units (lab_id, code)
);
create index result_values_result_idx on lab.result_values (result_id);
comment on table lab.result_values is 'The numbers of a result.';
comment on column lab.result_values.project_id is 'The project it belongs to.';
comment on column lab.result_values.result_id is 'The result.';
comment on column lab.result_values.measurand is 'Code of the quantity.';
comment on column lab.result_values.value is 'The estimate [in unit].';
comment on column lab.result_values.standard_error is 'Its standard error [in unit].';
comment on column lab.result_values.unit is 'Unit of value and standard_error.';
