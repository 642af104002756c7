-- Instruments: when their calibration is due, who uses them when, and what they ran.

create extension btree_gist schema extensions;

create table lab.instruments (
  like private.governed including all,
  code text not null default private.new_code_v1('I'),
  name text not null,
  model text not null default '',
  serial_number text,
  location text not null default '',
  status text not null default 'in service',
  contact_id uuid not null,
  calibration_days integer,
  calibration_due_on date,
  constraint instruments_code_key unique (lab_id, code),
  constraint instrument_has_a_name check (btrim(name) <> ''),
  constraint status_is_known check (status in ('in service', 'out of service', 'retired')),
  constraint calibration_days_are_positive check (calibration_days > 0),
  constraint instruments_lab_fk foreign key (lab_id) references lab.labs (id),
  constraint instruments_contact_fk foreign key (lab_id, contact_id) references lab.people (lab_id, id)
);
create index instruments_contact_idx on lab.instruments (lab_id, contact_id);
comment on table lab.instruments is 'Instruments of the lab.';
comment on column lab.instruments.code is 'Code on the label: random, the last character checks the others.';
comment on column lab.instruments.name is 'Name people use.';
comment on column lab.instruments.model is 'Maker and model.';
comment on column lab.instruments.serial_number is 'The maker''s number.';
comment on column lab.instruments.location is 'Where it stands, in words.';
comment on column lab.instruments.status is 'in service, out of service or retired.';
comment on column lab.instruments.contact_id is 'Whom to ask about it.';
comment on column lab.instruments.calibration_days is 'How often it is calibrated [d]; null where it needs no calibration.';
comment on column lab.instruments.calibration_due_on is 'The last day for which its calibration holds.';

create table lab.calibrations (
  like private.governed including all,
  instrument_id uuid not null,
  outcome text not null,
  calibrated_at timestamptz not null,
  holds_until date,
  performed_by text not null,
  certificate text,
  note text not null default '',
  constraint outcome_is_known check (outcome in ('passed', 'adjusted', 'failed')),
  constraint only_a_good_one_holds check ((outcome = 'failed') = (holds_until is null)),
  constraint somebody_performed_it check (btrim(performed_by) <> ''),
  constraint calibrations_instrument_fk foreign key (lab_id, instrument_id) references lab.instruments (lab_id, id)
);
create index calibrations_instrument_idx on lab.calibrations (lab_id, instrument_id, calibrated_at);
comment on table lab.calibrations is 'Calibrations of instruments.';
comment on column lab.calibrations.instrument_id is 'The instrument.';
comment on column lab.calibrations.outcome is 'passed, adjusted (passed after adjustment) or failed.';
comment on column lab.calibrations.calibrated_at is 'When it was calibrated.';
comment on column lab.calibrations.holds_until is 'The last day for which it holds.';
comment on column lab.calibrations.performed_by is 'Person or company that did it.';
comment on column lab.calibrations.certificate is 'Number of the certificate.';
comment on column lab.calibrations.note is 'What else there is to say.';

create table lab.instrument_bookings (
  like private.governed including all,
  project_id uuid not null,
  instrument_id uuid not null,
  person_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  purpose text not null,
  status text not null default 'booked',
  cancel_reason text,
  constraint status_is_known check (status in ('booked', 'cancelled')),
  constraint cancelled_with_a_reason check ((status = 'cancelled') = (cancel_reason is not null)),
  constraint ends_after_start check (ends_at > starts_at),
  constraint booking_has_a_purpose check (btrim(purpose) <> ''),
  constraint one_at_a_time exclude using gist (
    lab_id extensions.gist_uuid_ops with =, instrument_id extensions.gist_uuid_ops with =, tstzrange(starts_at, ends_at) with &&)
    where (status = 'booked'),
  constraint instrument_bookings_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint instrument_bookings_instrument_fk foreign key (lab_id, instrument_id) references lab.instruments (lab_id, id),
  constraint instrument_bookings_person_fk foreign key (lab_id, person_id) references lab.people (lab_id, id)
);
create index instrument_bookings_project_idx on lab.instrument_bookings (project_id, id);
create index instrument_bookings_instrument_idx on lab.instrument_bookings (lab_id, instrument_id, starts_at);
create index instrument_bookings_person_idx on lab.instrument_bookings (lab_id, person_id);
comment on table lab.instrument_bookings is 'Who uses an instrument when; two bookings of one instrument never overlap.';
comment on column lab.instrument_bookings.project_id is 'The project it serves.';
comment on column lab.instrument_bookings.instrument_id is 'The instrument.';
comment on column lab.instrument_bookings.person_id is 'Who booked it, and whom to ask about it.';
comment on column lab.instrument_bookings.starts_at is 'From this moment on.';
comment on column lab.instrument_bookings.ends_at is 'Until this moment, which is free again.';
comment on column lab.instrument_bookings.purpose is 'What for.';
comment on column lab.instrument_bookings.status is 'booked or cancelled.';
comment on column lab.instrument_bookings.cancel_reason is 'Why it was cancelled.';

create table lab.instrument_runs (
  like private.governed including all,
  project_id uuid not null,
  instrument_id uuid not null,
  experiment_id uuid,
  file_id uuid,
  code text not null default private.new_code_v1('N'),
  name text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  operator_id uuid not null,
  flag text,
  constraint instrument_runs_code_key unique (lab_id, code),
  constraint instrument_run_has_a_name check (btrim(name) <> ''),
  constraint ends_after_start check (ended_at >= started_at),
  constraint flag_is_known check (flag in ('calibration overdue', 'out of service')),
  constraint instrument_runs_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint instrument_runs_instrument_fk foreign key (lab_id, instrument_id) references lab.instruments (lab_id, id),
  constraint instrument_runs_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id),
  constraint instrument_runs_file_fk foreign key (lab_id, file_id) references lab.files (lab_id, id),
  constraint instrument_runs_operator_fk foreign key (lab_id, operator_id) references lab.people (lab_id, id)
);
create index instrument_runs_project_idx on lab.instrument_runs (project_id, id);
create index instrument_runs_instrument_idx on lab.instrument_runs (lab_id, instrument_id, started_at);
create index instrument_runs_experiment_idx on lab.instrument_runs (lab_id, experiment_id);
create index instrument_runs_file_idx on lab.instrument_runs (lab_id, file_id);
create index instrument_runs_operator_idx on lab.instrument_runs (lab_id, operator_id);
comment on table lab.instrument_runs is 'Runs of instruments, each with its untouched export.';
comment on column lab.instrument_runs.project_id is 'The project it belongs to.';
comment on column lab.instrument_runs.instrument_id is 'The instrument.';
comment on column lab.instrument_runs.experiment_id is 'The experiment it served.';
comment on column lab.instrument_runs.file_id is 'The export as it came from the instrument.';
comment on column lab.instrument_runs.code is 'Code.';
comment on column lab.instrument_runs.name is 'Name people use.';
comment on column lab.instrument_runs.started_at is 'When it began.';
comment on column lab.instrument_runs.ended_at is 'When it ended.';
comment on column lab.instrument_runs.operator_id is 'Who ran it.';
comment on column lab.instrument_runs.flag is 'calibration overdue or out of service, judged by the time it happened; null where all was well.';
