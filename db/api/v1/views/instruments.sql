create or replace view api_v1.instruments with (security_invoker) as
select i.id, i.lab_id, i.code, i.name, i.model, i.serial_number, i.location, i.status, i.contact_id, i.calibration_days, i.calibration_due_on,
  private.is_overdue(i.calibration_days, i.calibration_due_on) as overdue,
  i.version, i.created_at, i.created_by, i.updated_at, i.updated_by
from lab.instruments i;
comment on view api_v1.instruments is 'Instruments of the lab.';
comment on column api_v1.instruments.overdue is 'Whether its calibration is overdue today.';
grant select, insert, update on api_v1.instruments to member;

create or replace view api_v1.calibrations with (security_invoker) as
select id, lab_id, instrument_id, outcome, calibrated_at, holds_until, performed_by, certificate, note, version, created_at, created_by
from lab.calibrations;
comment on view api_v1.calibrations is 'Calibrations of instruments.';
grant select on api_v1.calibrations to member;

create or replace view api_v1.instrument_bookings with (security_invoker) as
select b.id, b.lab_id, b.project_id, b.instrument_id, i.code as instrument, i.name as instrument_name, b.person_id, p.name as person_name,
  b.starts_at, b.ends_at, b.purpose, b.status, b.cancel_reason, b.version, b.created_at, b.created_by, b.updated_at, b.updated_by
from lab.instrument_bookings b
join lab.instruments i on i.lab_id = b.lab_id and i.id = b.instrument_id
join lab.people p on p.lab_id = b.lab_id and p.id = b.person_id;
comment on view api_v1.instrument_bookings is 'Bookings for your projects. When an instrument is taken at all, read_calendar says.';
comment on column api_v1.instrument_bookings.instrument is 'Code of the instrument.';
comment on column api_v1.instrument_bookings.instrument_name is 'Name of the instrument.';
comment on column api_v1.instrument_bookings.person_name is 'Printed name of who booked it.';
grant select on api_v1.instrument_bookings to member;

create or replace view api_v1.instrument_runs with (security_invoker) as
select r.id, r.lab_id, r.project_id, r.instrument_id, i.code as instrument, i.name as instrument_name, r.experiment_id, r.file_id,
  r.code, r.name, r.started_at, r.ended_at, r.operator_id, p.name as operator_name, r.flag, r.version, r.created_at, r.created_by
from lab.instrument_runs r
join lab.instruments i on i.lab_id = r.lab_id and i.id = r.instrument_id
join lab.people p on p.lab_id = r.lab_id and p.id = r.operator_id;
comment on view api_v1.instrument_runs is 'Runs of instruments, each with its untouched export.';
comment on column api_v1.instrument_runs.instrument is 'Code of the instrument.';
comment on column api_v1.instrument_runs.instrument_name is 'Name of the instrument.';
comment on column api_v1.instrument_runs.operator_name is 'Printed name of who ran it.';
grant select on api_v1.instrument_runs to member;
