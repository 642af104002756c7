-- Plates and measurements.

create table lab.plates (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid not null,
  code text not null default private.new_code_v1('P'),
  name text not null,
  row_count smallint not null default 8,
  column_count smallint not null default 12,
  constraint plates_code_key unique (lab_id, code),
  constraint plate_is_96_or_384 check ((row_count, column_count) in ((8, 12), (16, 24))),
  constraint plates_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint plates_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id)
);
create index plates_experiment_idx on lab.plates (experiment_id);
comment on table lab.plates is 'Plates: places whose wells hold material.';
comment on column lab.plates.project_id is 'The project it belongs to.';
comment on column lab.plates.experiment_id is 'The experiment it is used in.';
comment on column lab.plates.code is 'Code on the barcode.';
comment on column lab.plates.name is 'Name people use.';
comment on column lab.plates.row_count is 'Rows: 8 or 16.';
comment on column lab.plates.column_count is 'Columns: 12 or 24.';

create table lab.measurements (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid not null,
  sample_id uuid,
  measurand text not null,
  value float8,
  reported text not null,
  qualifier text,
  unit text not null,
  factor text,
  level float8,
  level_unit text,
  plate_id uuid,
  well text,
  series text,
  replicate smallint,
  measured_at timestamptz,
  flag text,
  excluded_reason text,
  file_id uuid,
  synthetic boolean not null default false,
  constraint qualifier_is_known check (qualifier in ('<', '>', 'not detected', 'overflow')),
  constraint value_or_qualifier check (value is not null or qualifier is not null),
  constraint value_is_a_number check (value > '-infinity' and value < 'infinity'),
  constraint level_belongs_to_a_factor check (num_nulls(factor, level, level_unit) in (0, 3)),
  constraint well_has_a_plate check (well is null or plate_id is not null),
  constraint well_is_written_like_a01 check (well ~ '^[A-P](0[1-9]|1[0-9]|2[0-4])$'),
  constraint flag_is_known check (flag in ('low', 'high')),
  constraint exclusion_has_a_reason check (btrim(excluded_reason) <> ''),
  constraint measurements_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint measurements_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id),
  constraint measurements_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id),
  constraint measurements_measurand_fk foreign key (lab_id, measurand) references lab.measurands (lab_id, code),
  constraint measurements_unit_fk foreign key (lab_id, unit) references lab.units (lab_id, code),
  constraint measurements_factor_fk foreign key (lab_id, factor) references lab.measurands (lab_id, code),
  constraint measurements_level_unit_fk foreign key (lab_id, level_unit) references lab.units (lab_id, code),
  constraint measurements_plate_fk foreign key (lab_id, plate_id) references lab.plates (lab_id, id),
  constraint measurements_file_fk foreign key (lab_id, file_id) references lab.files (lab_id, id)
);
create index measurements_experiment_idx on lab.measurements (experiment_id, id);
create index measurements_sample_idx on lab.measurements (sample_id, id);
create index measurements_plate_idx on lab.measurements (plate_id) where plate_id is not null;
comment on table lab.measurements is 'One measured value each.';
comment on column lab.measurements.project_id is 'The project it belongs to.';
comment on column lab.measurements.experiment_id is 'The experiment it was made for.';
comment on column lab.measurements.sample_id is 'What was measured.';
comment on column lab.measurements.measurand is 'Code of what was measured.';
comment on column lab.measurements.value is 'The value as a number [in unit]; null when only a qualifier was reported.';
comment on column lab.measurements.reported is 'The value as it was reported, with its digits.';
comment on column lab.measurements.qualifier is 'null, <, >, not detected or overflow.';
comment on column lab.measurements.unit is 'Unit of value.';
comment on column lab.measurements.factor is 'Code of the quantity that was set when the value was taken, for example a concentration.';
comment on column lab.measurements.level is 'What the factor was set to [in level_unit].';
comment on column lab.measurements.level_unit is 'Unit of level.';
comment on column lab.measurements.plate_id is 'The plate it was read on.';
comment on column lab.measurements.well is 'The well, written like A01.';
comment on column lab.measurements.series is 'The series of readings it belongs to, as the source names it.';
comment on column lab.measurements.replicate is 'Number of the replicate, where the source gives one.';
comment on column lab.measurements.measured_at is 'When it was measured, where the source says.';
comment on column lab.measurements.flag is 'low or high against its limits.';
comment on column lab.measurements.excluded_reason is 'Why it is left out of calculations.';
comment on column lab.measurements.file_id is 'The instrument file it was read from.';
comment on column lab.measurements.synthetic is 'Made up for demonstration or load, not measured in any laboratory.';
