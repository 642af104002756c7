create or replace view api_v1.units with (security_invoker) as
select id, lab_id, code, name, version, created_at, created_by, updated_at, updated_by, private.dimension_of(code) as dimension
from lab.units;
comment on view api_v1.units is 'Units of measurement of the lab.';
comment on column api_v1.units.dimension is 'What it measures: values whose units have the same dimension can be compared.';
grant select, insert, update on api_v1.units to member;

create or replace view api_v1.measurands with (security_invoker) as
select id, lab_id, code, name, unit, version, created_at, created_by, updated_at, updated_by from lab.measurands;
comment on view api_v1.measurands is 'What is measured.';
grant select, insert, update on api_v1.measurands to member;

create or replace view api_v1.samples with (security_invoker) as
select id, lab_id, project_id, code, name, sample_type, description, status, amount, amount_unit, synthetic,
  version, created_at, created_by, updated_at, updated_by,
  kind, thaw_count, custodian_id, received_at, condition, condition_note, place_id, position,
  type_id, type_version, fields
from lab.samples;
comment on view api_v1.samples is 'Materials: samples, standards, controls and lots. What is left, status and place change by acts, the rest by edits.';
grant select, insert, update on api_v1.samples to member;

create or replace view api_v1.sample_origins with (security_invoker) as
select id, lab_id, project_id, sample_id, parent_id, kind, amount, amount_unit, version, created_at, created_by
from lab.sample_origins;
comment on view api_v1.sample_origins is 'Made from: which sample comes from which, and how.';
grant select, insert on api_v1.sample_origins to member;

create or replace view api_v1.experiments with (security_invoker) as
select id, lab_id, project_id, code, name, question, source, status, synthetic,
  version, created_at, created_by, updated_at, updated_by
from lab.experiments;
comment on view api_v1.experiments is 'Questions put to materials, with a plan.';
grant select, insert, update on api_v1.experiments to member;

create or replace view api_v1.entries with (security_invoker) as
select id, lab_id, project_id, experiment_id, title, document, version, created_at, created_by, updated_at, updated_by,
  template_id, locked_at, locked_by
from lab.entries;
comment on view api_v1.entries is 'The rich text of an experiment.';
grant select, insert, update on api_v1.entries to member;

create or replace view api_v1.entry_versions with (security_invoker) as
select h.id as entry_id, h.version, h.experiment_id, h.title, h.document, h.updated_at, h.updated_by, p.name as updated_by_name
from history.entries h
left join lab.people p on p.id = h.updated_by;
comment on view api_v1.entry_versions is 'Every version of every entry, the present one included.';
comment on column api_v1.entry_versions.entry_id is 'The entry.';
comment on column api_v1.entry_versions.updated_by_name is 'Printed name of the person who wrote this version.';
grant select on api_v1.entry_versions to member;
