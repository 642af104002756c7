create or replace view api_v1.plates with (security_invoker) as
select id, lab_id, project_id, experiment_id, code, name, row_count, column_count,
  version, created_at, created_by, updated_at, updated_by
from lab.plates;
comment on view api_v1.plates is 'Plates: places whose wells hold material.';
grant select, insert, update on api_v1.plates to member;

-- Left joins, although every measurement has its experiment: the planner may drop them, and keeps to the index order of a page.
create or replace view api_v1.measurements with (security_invoker) as
select m.id, m.lab_id, m.project_id, m.experiment_id, e.code as experiment, m.sample_id, s.code as sample, s.name as sample_name,
  m.measurand, m.value, m.reported, m.qualifier, m.unit, m.factor, m.level, m.level_unit,
  m.plate_id, m.well, m.series, m.replicate, m.measured_at, m.flag, m.excluded_reason, m.file_id, m.synthetic,
  m.version, m.created_at, m.created_by
from lab.measurements m
left join lab.experiments e on e.lab_id = m.lab_id and e.id = m.experiment_id
left join lab.samples s on s.lab_id = m.lab_id and s.id = m.sample_id;
comment on view api_v1.measurements is 'One measured value each.';
comment on column api_v1.measurements.experiment is 'Code of the experiment. Large reads are filtered by experiment_id, which has an index.';
comment on column api_v1.measurements.sample is 'Code of the sample. Large reads are filtered by sample_id, which has an index.';
comment on column api_v1.measurements.sample_name is 'Name of the sample.';
grant select on api_v1.measurements to member;
