create or replace view api_v1.sample_types with (security_invoker) as
select id, lab_id, name, description, archived, version, created_at, created_by, updated_at, updated_by from lab.sample_types;
comment on view api_v1.sample_types is 'Kinds of samples. What is known of a kind stands in its versions.';
grant select, insert, update on api_v1.sample_types to member;

create or replace view api_v1.sample_type_versions with (security_invoker) as
select id, lab_id, sample_type_id, number, status, fields, effective_at, version, created_at, created_by, updated_at, updated_by
from lab.sample_type_versions;
comment on view api_v1.sample_type_versions is 'Versions of sample types, at most one effective. Only a draft is edited; to make it effective, set its status.';
grant select, insert, update on api_v1.sample_type_versions to member;

create or replace view api_v1.sample_fields with (security_invoker) as
select id, lab_id, sample_type_id, type_version, key, ordinal, label, help, data_type, unit, low, high, choices, required, default_value,
  link_to, condition, computed, version, created_at
from lab.sample_fields;
comment on view api_v1.sample_fields is 'Fields of effective and retired sample type versions.';
grant select on api_v1.sample_fields to member;

create or replace view api_v1.sample_numbers with (security_invoker) as
select n.sample_id, s.lab_id, s.project_id, n.field, n.value, n.dimension
from private.sample_numbers n
join lab.samples s on s.id = n.sample_id;
comment on view api_v1.sample_numbers is 'Number fields of samples, one row each, for filters and plots.';
comment on column api_v1.sample_numbers.sample_id is 'The sample.';
comment on column api_v1.sample_numbers.field is 'Key of the field.';
comment on column api_v1.sample_numbers.value is 'The value, in base units of its dimension (m, g, s, A, K, mol, cd, or an arbitrary unit).';
comment on column api_v1.sample_numbers.dimension is 'What it measures, as in known_units.';
grant select on api_v1.sample_numbers to member;
