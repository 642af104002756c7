-- owner: law
-- Instruments are booked, run and calibrated. An overdue calibration is said and flagged, never a refusal: what was done can be recorded.

create or replace function api_v1.book_instrument(
  instrument_id uuid, project_id uuid, starts_at timestamptz, ends_at timestamptz, purpose text, act_key uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  instrument constant lab.instruments := private.demand_instrument(instrument_id);
  answer jsonb;
begin
  perform private.demand_project_role(project.id, '{technician,analyst}');
  answer := private.begin_act(project.lab_id, act_key, 'book_instrument',
    jsonb_build_array(instrument_id, project_id, starts_at at time zone 'UTC', ends_at at time zone 'UTC', purpose));
  if answer is not null then
    return answer;
  elsif instrument.status <> 'in service' then
    perform private.refuse('PL172', array[instrument.name, instrument.status], array[p.name]) from lab.people p where p.id = instrument.contact_id;
  elsif starts_at is null or ends_at is null or ends_at <= starts_at or ends_at > starts_at + interval '31 days' or ends_at < now() then
    perform private.refuse('PL008', array['This is no time to book.'], array['Give a start and a later end that has not passed, at most 31 days apart.']);
  end if;
  return private.end_act(project.lab_id, act_key, private.make_booking(
    instrument, project, starts_at, ends_at, private.demand_words(purpose, 'purpose')));
end $$;
comment on function api_v1.book_instrument(uuid, uuid, timestamptz, timestamptz, text, uuid) is
$$Books an instrument for a project from one moment until another, once per act_key. Where it is taken, the refusal says when and whom to ask.

The answer's "flag" says "calibration overdue" where the calibration does not reach the end of the booking.$$;
grant execute on function api_v1.book_instrument(uuid, uuid, timestamptz, timestamptz, text, uuid) to member;

-- The constraint decides, also between two at once; the words come after it.
create or replace function private.make_booking(
  instrument lab.instruments, project lab.projects, starts_at timestamptz, ends_at timestamptz, purpose text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  booking lab.instrument_bookings;
begin
  insert into lab.instrument_bookings (lab_id, project_id, instrument_id, person_id, starts_at, ends_at, purpose)
  values (project.lab_id, project.id, instrument.id, private.me(), starts_at, ends_at, purpose)
  returning * into booking;
  return jsonb_build_object('booking_id', booking.id, 'instrument', instrument.code, 'starts_at', starts_at, 'ends_at', ends_at,
    'flag', private.flag_of_use(instrument, ends_at));
exception when exclusion_violation then
  perform private.refuse_taken(instrument, starts_at, ends_at);
  raise;
end $$;

create or replace function api_v1.cancel_booking(booking_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  booking lab.instrument_bookings;
  words text;
begin
  select b.* into booking
  from lab.instrument_bookings b
  where b.id = booking_id and b.project_id = any (array(select private.my_projects()))
  for update;
  if not found then
    perform private.refuse('PL004', array['booking', booking_id::text]);
  end if;
  perform private.demand_project_role(booking.project_id, '{technician,analyst}');
  words := private.demand_words(reason, 'reason');
  if booking.status = 'booked' and booking.ends_at < now() then
    perform private.refuse('PL173', array[private.utc(booking.ends_at)]);
  end if;
  update lab.instrument_bookings b set status = 'cancelled', cancel_reason = words
  where b.lab_id = booking.lab_id and b.id = booking.id and b.status = 'booked';
  return jsonb_build_object('booking_id', booking.id, 'status', 'cancelled', 'repeated', not found);
end $$;
comment on function api_v1.cancel_booking(uuid, text) is 'Gives an instrument free again, with a reason; for whoever may book for the same project.';
grant execute on function api_v1.cancel_booking(uuid, text) to member;

create or replace function api_v1.read_calendar(instrument_id uuid, from_time timestamptz, until_time timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz, ask text, booking_id uuid, purpose text, project text)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  instrument constant lab.instruments := private.demand_instrument(instrument_id);
begin
  if from_time is null or until_time is null or until_time > from_time + interval '92 days' then
    perform private.refuse('PL008', array['A calendar needs a start and an end.'], array['Give both, at most 92 days apart.']);
  end if;
  return query
    select b.starts_at, b.ends_at, p.name, case when j.id is not null then b.id end, case when j.id is not null then b.purpose end, j.code
    from lab.instrument_bookings b
    join lab.people p on p.lab_id = b.lab_id and p.id = b.person_id
    left join lab.projects j on j.lab_id = b.lab_id and j.id = b.project_id and j.id = any (array(select private.my_projects()))
    where b.lab_id = instrument.lab_id and b.instrument_id = instrument.id and b.status = 'booked'
      and b.starts_at < until_time and b.ends_at > from_time
    order by b.starts_at;
end $$;
comment on function api_v1.read_calendar(uuid, timestamptz, timestamptz) is
  'When an instrument is taken and whom to ask; of bookings for your own projects also which, what for and for which project.';
grant execute on function api_v1.read_calendar(uuid, timestamptz, timestamptz) to member;

create or replace function api_v1.record_instrument_run(
  instrument_id uuid, project_id uuid, name text, started_at timestamptz, act_key uuid,
  ended_at timestamptz default null, experiment_id uuid default null, file_id uuid default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  instrument constant lab.instruments := private.demand_instrument(instrument_id);
  answer jsonb;
  run lab.instrument_runs;
begin
  perform private.demand_project_role(project.id, '{technician,analyst}');
  answer := private.begin_act(project.lab_id, act_key, 'record_instrument_run', jsonb_build_array(instrument_id, project_id, name,
    started_at at time zone 'UTC', ended_at at time zone 'UTC', experiment_id, file_id));
  if answer is not null then
    return answer;
  elsif started_at is null or ended_at < started_at then
    perform private.refuse('PL008', array['A run needs a start, and no end before it.'], array['Give the time at which it began.']);
  end if;
  perform private.demand_past(started_at), private.demand_past(ended_at);
  perform private.demand_experiment_of(project, experiment_id) where experiment_id is not null;
  perform private.demand_verified_file(project.lab_id, file_id) where file_id is not null;
  insert into lab.instrument_runs (lab_id, project_id, instrument_id, experiment_id, file_id, name, started_at, ended_at, operator_id, flag)
  values (project.lab_id, project.id, instrument.id, experiment_id, file_id, private.demand_words(name, 'name'), started_at, ended_at,
    private.me(), private.flag_of_use(instrument, started_at))
  returning * into run;
  return private.end_act(project.lab_id, act_key, jsonb_build_object('instrument_run_id', run.id, 'code', run.code, 'flag', run.flag));
end $$;
comment on function api_v1.record_instrument_run(uuid, uuid, text, timestamptz, uuid, timestamptz, uuid, uuid) is
  'Records that an instrument ran, with its untouched export, once per act_key; where its calibration was overdue then, the run is flagged.';
grant execute on function api_v1.record_instrument_run(uuid, uuid, text, timestamptz, uuid, timestamptz, uuid, uuid) to member;

create or replace function api_v1.record_calibration(
  instrument_id uuid, outcome text, calibrated_at timestamptz, performed_by text, act_key uuid,
  holds_until date default null, certificate text default null, note text default '')
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  instrument lab.instruments := private.demand_instrument(instrument_id);
  answer jsonb;
begin
  if not instrument.lab_id = any (array(select private.my_labs_as('{technician,analyst,qa,lab_admin}'))) then
    perform private.refuse('PL003', array['technician, analyst or qa, in the whole lab']);
  end if;
  answer := private.begin_act(instrument.lab_id, act_key, 'record_calibration',
    jsonb_build_array(instrument_id, outcome, calibrated_at at time zone 'UTC', performed_by, holds_until, certificate, note));
  if answer is not null then
    return answer;
  elsif coalesce(outcome, '') not in ('passed', 'adjusted', 'failed') or calibrated_at is null or coalesce(btrim(performed_by), '') = '' then
    perform private.refuse('PL008', array['A calibration needs an outcome, a time and who did it.'], array['Outcomes: passed, adjusted, failed.']);
  end if;
  perform private.demand_past(calibrated_at);
  select i.* into strict instrument from lab.instruments i where i.lab_id = instrument.lab_id and i.id = instrument.id for update;
  perform private.keep_calibration(instrument, outcome, calibrated_at, btrim(performed_by), holds_until, certificate, coalesce(note, ''));
  select i.* into strict instrument from lab.instruments i where i.lab_id = instrument.lab_id and i.id = instrument.id;
  return private.end_act(instrument.lab_id, act_key, jsonb_build_object(
    'instrument', instrument.code, 'status', instrument.status, 'calibration_due_on', instrument.calibration_due_on));
end $$;
comment on function api_v1.record_calibration(uuid, text, timestamptz, text, uuid, date, text, text) is
$$Records a calibration of an instrument, once per act_key; outcome passed, adjusted or failed.

holds_until: the last day for which it holds; by the instrument's own interval, if left out. A failed one takes the instrument out of service.$$;
grant execute on function api_v1.record_calibration(uuid, text, timestamptz, text, uuid, date, text, text) to member;

-- The newest calibration says how the instrument stands; one that is recorded late changes nothing of that.
create or replace function private.keep_calibration(
  instrument lab.instruments, outcome text, calibrated_at timestamptz, performed_by text, holds_until date, certificate text, note text)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  until constant date := case when outcome <> 'failed'
    then coalesce(holds_until, (calibrated_at at time zone 'UTC')::date + instrument.calibration_days) end;
begin
  if outcome <> 'failed' and coalesce(until < (calibrated_at at time zone 'UTC')::date, true) then
    perform private.refuse('PL008', array['It is not known until when this calibration holds.'], array['Give holds_until, a day not before the calibration.']);
  end if;
  insert into lab.calibrations (lab_id, instrument_id, outcome, calibrated_at, holds_until, performed_by, certificate, note)
  values (instrument.lab_id, instrument.id, outcome, calibrated_at, until, performed_by, nullif(btrim(certificate), ''), note);
  update lab.instruments i
  set calibration_due_on = until,
    status = case when outcome = 'failed' and i.status = 'in service' then 'out of service' else i.status end
  where i.lab_id = instrument.lab_id and i.id = instrument.id and not exists (
    select from lab.calibrations c
    where c.lab_id = i.lab_id and c.instrument_id = i.id and c.calibrated_at > keep_calibration.calibrated_at);
end $$;
