create or replace view api_v1.sops with (security_invoker) as
select id, lab_id, code, title, version, created_at, created_by from lab.sops;
comment on view api_v1.sops is 'Procedures.';
grant select on api_v1.sops to member;

create or replace view api_v1.sop_versions with (security_invoker) as
select id, lab_id, sop_id, number, status, tree, version, created_at, created_by from lab.sop_versions;
comment on view api_v1.sop_versions is 'Versions of procedures, at most one effective.';
grant select on api_v1.sop_versions to member;

create or replace view api_v1.sop_runs with (security_invoker) as
select r.id, r.lab_id, r.project_id, r.experiment_id, r.sop_version_id, s.code as sop, s.title as sop_title, v.number as sop_version,
  r.code, r.name, r.status, r.version, r.created_at, r.created_by, r.updated_at, r.updated_by, r.abort_reason
from lab.sop_runs r
join lab.sop_versions v on v.lab_id = r.lab_id and v.id = r.sop_version_id
join lab.sops s on s.lab_id = r.lab_id and s.id = v.sop_id;
comment on view api_v1.sop_runs is 'Executions of SOP versions.';
comment on column api_v1.sop_runs.sop is 'Code of the procedure.';
comment on column api_v1.sop_runs.sop_title is 'Title of the procedure.';
comment on column api_v1.sop_runs.sop_version is 'Number of the version it follows.';
grant select on api_v1.sop_runs to member;

create or replace view api_v1.sop_run_samples with (security_invoker) as
select rs.id, rs.sop_run_id, rs.sample_id, s.code as sample, s.name as sample_name
from lab.sop_run_samples rs
join lab.samples s on s.lab_id = rs.lab_id and s.id = rs.sample_id;
comment on view api_v1.sop_run_samples is 'The samples a run works on.';
comment on column api_v1.sop_run_samples.sample is 'Code of the sample.';
comment on column api_v1.sop_run_samples.sample_name is 'Name of the sample.';
grant select on api_v1.sop_run_samples to member;

create or replace view api_v1.run_steps with (security_invoker) as
select rs.id, rs.lab_id, rs.project_id, rs.sop_run_id, rs.state, rs.waits_for, st.key, st.ordinal, st.kind, st.title, st.instructions,
  st.role, st.fields, st.needs, r.fields as recorded, r.happened_at, r.created_at as recorded_at, r.created_by as recorded_by,
  p.name as recorded_by_name, rs.version
from lab.run_steps rs
join lab.sop_steps st on st.lab_id = rs.lab_id and st.id = rs.sop_step_id
left join lab.step_records r on r.lab_id = rs.lab_id and r.run_step_id = rs.id
left join lab.people p on p.id = r.created_by;
comment on view api_v1.run_steps is 'The steps of a run: what to do, where it stands, what was recorded.';
comment on column api_v1.run_steps.recorded is 'What was recorded, by field key.';
comment on column api_v1.run_steps.recorded_at is 'When the record arrived.';
comment on column api_v1.run_steps.recorded_by is 'Who recorded it.';
comment on column api_v1.run_steps.recorded_by_name is 'Printed name of who recorded it.';
grant select on api_v1.run_steps to member;

create or replace view api_v1.deviations with (security_invoker) as
select d.id, d.lab_id, d.project_id, rs.sop_run_id, d.run_step_id, d.field, d.grade, d.rule, d.description, d.status, d.decision,
  d.version, d.created_at, d.created_by, d.closed_at, d.closed_by, p.name as closed_by_name
from lab.deviations d
join lab.run_steps rs on rs.lab_id = d.lab_id and rs.id = d.run_step_id
left join lab.people p on p.lab_id = d.lab_id and p.id = d.closed_by;
comment on view api_v1.deviations is 'Recorded departures.';
comment on column api_v1.deviations.closed_by_name is 'Printed name of who closed it.';
grant select on api_v1.deviations to member;

create or replace view api_v1.signatures with (security_invoker) as
select id, lab_id, project_id, person_id, printed_name, meaning, table_name, record_id, content_sha256, signed_at, content
from lab.signatures;
comment on view api_v1.signatures is 'Electronic signatures.';
grant select on api_v1.signatures to member;
