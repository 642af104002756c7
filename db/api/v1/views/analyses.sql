create or replace view api_v1.analyses with (security_invoker) as
select id, lab_id, project_id, experiment_id, code, title, notebook, source_sha256, environment, started_at, finished_at,
  version, created_at, created_by
from lab.analyses;
comment on view api_v1.analyses is 'Notebook analyses: source, environment, inputs and results.';
grant select on api_v1.analyses to member;

create or replace view api_v1.analysis_inputs with (security_invoker) as
select id, lab_id, project_id, analysis_id, query, row_count, sha256, position, created_at, created_by from lab.analysis_inputs;
comment on view api_v1.analysis_inputs is 'What was served to an analysis: the query, how many rows, and their hash.';
grant select on api_v1.analysis_inputs to member;

create or replace view api_v1.results with (security_invoker) as
select id, lab_id, project_id, experiment_id, analysis_id, sample_id, file_id, code, name, status, plot,
  version, created_at, created_by, updated_at, updated_by
from lab.results;
comment on view api_v1.results is 'Reportable results.';
grant select on api_v1.results to member;

create or replace view api_v1.result_values with (security_invoker) as
select id, lab_id, project_id, result_id, measurand, value, standard_error, unit, created_at, created_by from lab.result_values;
comment on view api_v1.result_values is 'The numbers of a result.';
grant select on api_v1.result_values to member;

create or replace view api_v1.files with (security_invoker) as
select id, lab_id, project_id, experiment_id, name, media_type, size_bytes, sha256, status, problem,
  version, created_at, created_by, updated_at
from lab.files;
comment on view api_v1.files is 'Files in the object store. Readable once verified.';
grant select on api_v1.files to member;
