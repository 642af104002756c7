-- An instrument is calibrated, booked by two projects and run. What one project does there, the other one learns only as "taken".

create function pg_temp.project(wanted text) returns uuid language sql security definer as $$ select id from lab.projects where code = wanted $$;
create function pg_temp.instrument(wanted text default 'Tap reader') returns uuid language sql security definer as $$ select id from lab.instruments where name = wanted $$;
create function pg_temp.booking(wanted text) returns uuid language sql security definer as $$ select id from lab.instrument_bookings where purpose = wanted $$;
create function pg_temp.book(starts text, ends text, purpose text, project text default 'ENZ', key uuid default gen_random_uuid())
returns jsonb language sql as $$
  select api_v1.book_instrument(pg_temp.instrument(), pg_temp.project(project), date_trunc('day', now()) + starts::interval, date_trunc('day', now()) + ends::interval, purpose, key)
$$;
create function pg_temp.calibrate(outcome text, days_ago integer, holds_until date default null, key uuid default gen_random_uuid())
returns jsonb language sql as $$
  select api_v1.record_calibration(pg_temp.instrument(), outcome, now() - make_interval(days => days_ago), 'Calibration service', key, holds_until)
$$;
create function pg_temp.run(days_ago integer, name text default 'Plate 1', key uuid default gen_random_uuid()) returns jsonb language sql as $$
  select api_v1.record_instrument_run(pg_temp.instrument(), pg_temp.project('ENZ'), name, now() - make_interval(days => days_ago), key)
$$;
create function pg_temp.stranger() returns uuid language sql security definer as $$ select id from lab.people where login = 'sten' $$;
grant execute on all functions in schema pg_temp to public;
insert into lab.people (lab_id, login, name) select id, 'tap-imm', 'Ilse of Immunoassay' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'tap-imm' and j.code = 'IMM';
insert into lab.people (lab_id, login, name) select id, 'tap-enz', 'Enno of Enzymology' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'tap-enz' and j.code = 'ENZ';

-- Registered.
select tap.as_person('tess');
select tap.throws($$insert into api_v1.instruments (lab_id, name, contact_id, calibration_days) select lab_id, 'x', id, 365 from api_v1.me()$$, '42501', 'a technician registers no instrument');
select tap.as_person('ada');
select tap.lives($$insert into api_v1.instruments (lab_id, name, contact_id, calibration_days) select lab_id, 'Tap reader', id, 365 from api_v1.me()$$, 'a lab admin does');
select tap.same((select overdue from api_v1.instruments where name = 'Tap reader'), true, 'one that was never calibrated is overdue');
select tap.throws($$update api_v1.instruments set calibration_due_on = '2099-01-01', version = version where name = 'Tap reader'$$, '42501', 'only a calibration says until when it holds');
select tap.throws($$insert into api_v1.instruments (lab_id, name, contact_id) select lab_id, 'x', pg_temp.stranger() from api_v1.me()$$, '23503', 'whom to ask about it is of the same lab');

-- Calibrated.
select tap.as_person('tap-enz');
select tap.throws($$select pg_temp.calibrate('passed', 10)$$, 'PL003', 'who belongs to one project calibrates nothing');
select tap.as_person('sten');
select tap.throws($$select pg_temp.calibrate('passed', 10)$$, 'PL004', 'for a stranger there is no such instrument');
select tap.as_person('tess');
select tap.throws($$select pg_temp.calibrate('fine', 10)$$, 'PL008', 'an unknown outcome is refused');
select tap.throws($$select pg_temp.calibrate('passed', -10)$$, 'PL033', 'a calibration lies in the past');
select tap.throws($$select pg_temp.calibrate('passed', 10, current_date - 11)$$, 'PL008', 'and holds from its day on');
select tap.same((pg_temp.calibrate('passed', 100, key => '019f0000-0000-7000-8000-0000000000e1') ->> 'calibration_due_on')::date, (now() at time zone 'UTC')::date + 265, 'it holds for the instrument''s own interval');
select tap.same((select overdue from api_v1.instruments where name = 'Tap reader'), false, 'and the instrument is no longer overdue');
select tap.same(pg_temp.calibrate('passed', 400, current_date - 150) ->> 'calibration_due_on', ((now() at time zone 'UTC')::date + 265)::text, 'one that is recorded late changes nothing of that');

-- Run: judged by the time it happened.
select tap.same(pg_temp.run(0) ->> 'flag', null, 'a run under a good calibration has no flag');
select tap.same(pg_temp.run(120) ->> 'flag', 'calibration overdue', 'one between two calibrations is recorded, and flagged');
select tap.same(pg_temp.run(500) ->> 'flag', 'calibration overdue', 'as is one before the first');
select tap.same(pg_temp.run(300) ->> 'flag', null, 'and one under the first is not');
select tap.throws($$select pg_temp.run(-1)$$, 'PL033', 'nothing ran tomorrow');
select tap.same(pg_temp.run(0, 'Again', '019f0000-0000-7000-8000-0000000000e2') ->> 'repeated', 'false', 'a run is recorded');
select tap.same(pg_temp.run(0, 'Again', '019f0000-0000-7000-8000-0000000000e2') ->> 'repeated', 'true', 'once');
select tap.same(tap.count($$select from api_v1.instrument_runs where name = 'Again' and operator_name = 'Tess Lindqvist'$$), 1::bigint, 'by whom is kept');
select tap.as_person('rhea');
select tap.throws($$select pg_temp.run(0)$$, 'PL003', 'a reviewer runs nothing');

-- Booked.
select tap.throws($$select pg_temp.book('1 day 9 hours', '1 day 12 hours', 'Kinetics')$$, 'PL003', 'nor books');
select tap.as_person('tap-enz');
select tap.same(pg_temp.book('1 day 9 hours', '1 day 12 hours', 'Kinetics', key => '019f0000-0000-7000-8000-0000000000e3') ->> 'flag', null, 'a technician books');
select tap.same(pg_temp.book('1 day 9 hours', '1 day 12 hours', 'Kinetics', key => '019f0000-0000-7000-8000-0000000000e3') ->> 'repeated', 'true', 'once per key');
select tap.lives($$select pg_temp.book('1 day 12 hours', '1 day 14 hours', 'More kinetics')$$, 'the end of one is the start of the next');
select tap.same(pg_temp.book('400 days', '400 days 2 hours', 'Next year') ->> 'flag', 'calibration overdue', 'a booking beyond the calibration is said so, not refused');
select tap.throws($$select pg_temp.book('2 days 12 hours', '2 days 9 hours', 'x')$$, 'PL008', 'a booking ends after it starts');
select tap.throws($$select pg_temp.book('-2 days', '-1 day', 'x')$$, 'PL008', 'and not in the past');
select tap.throws($$select pg_temp.book('2 days 9 hours', '2 days 10 hours', ' ')$$, 'PL008', 'and has a purpose');
select tap.throws($$select pg_temp.book('2 days 9 hours', '2 days 10 hours', 'x', 'IMM')$$, 'PL004', 'nobody books for a project they do not know');
select tap.as_person('tap-imm');
select tap.throws($$select pg_temp.book('1 day 11 hours', '1 day 13 hours', 'ELISA', 'IMM')$$, 'PL171', 'what is taken cannot be booked by another project');
select tap.as_migrator();
select set_config('tap.booking', pg_temp.booking('Kinetics')::text, true);
select tap.throws($$insert into lab.instrument_bookings (lab_id, project_id, instrument_id, person_id, starts_at, ends_at, purpose)
  select lab_id, project_id, instrument_id, person_id, starts_at + interval '1 hour', ends_at, 'x' from lab.instrument_bookings where purpose = 'Kinetics'$$,
  '23P01', 'nor behind the API: two bookings of one instrument never overlap');
select tap.as_person('tap-imm');
create function pg_temp.refusal_of(statement text) returns json language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return sqlerrm::json;
end $$;
select tap.ok(refusal ->> 'hint' = 'Ask Enno of Enzymology, or choose another time.' and refusal::text !~ 'Kinetics|ENZ|Enzymology"' and refusal::text !~ current_setting('tap.booking'),
  'the refusal says whom to ask, and not what for, for which project, or which booking it is')
from (select pg_temp.refusal_of($$select pg_temp.book('1 day 11 hours', '1 day 13 hours', 'ELISA', 'IMM')$$) as refusal) r;
select tap.same(
  (select string_agg(concat_ws(' ', ask, booking_id, purpose, project), '; ') from api_v1.read_calendar(pg_temp.instrument(), now(), now() + interval '3 days')),
  'Enno of Enzymology; Enno of Enzymology', 'so does the calendar');
select tap.same(tap.count('select from api_v1.instrument_bookings where instrument_id = pg_temp.instrument()'), 0::bigint, 'and the list of bookings shows nothing');
select tap.throws($$select api_v1.cancel_booking(current_setting('tap.booking')::uuid, 'Mine now')$$, 'PL004', 'nor can it be cancelled');
select tap.as_person('tap-enz');
select tap.same((select string_agg(concat_ws(' ', ask, purpose, project), '; ') from api_v1.read_calendar(pg_temp.instrument(), now(), now() + interval '3 days')),
  'Enno of Enzymology Kinetics ENZ; Enno of Enzymology More kinetics ENZ', 'their own project''s calendar says all');
select tap.throws($$select * from api_v1.read_calendar(pg_temp.instrument(), now(), now() + interval '1 year')$$, 'PL008', 'a calendar has a bound');
select tap.throws($$select api_v1.cancel_booking(current_setting('tap.booking')::uuid, '')$$, 'PL008', 'a booking is not cancelled without a reason');
select tap.same(api_v1.cancel_booking(current_setting('tap.booking')::uuid, 'Sample not ready') ->> 'repeated', 'false', 'with one it is');
select tap.same(api_v1.cancel_booking(current_setting('tap.booking')::uuid, 'Sample not ready') ->> 'repeated', 'true', 'once');
select tap.as_person('tap-imm');
select tap.lives($$select pg_temp.book('1 day 10 hours', '1 day 12 hours', 'ELISA', 'IMM')$$, 'and its time is free again');
select tap.as_migrator();
insert into lab.instrument_bookings (lab_id, project_id, instrument_id, person_id, starts_at, ends_at, purpose)
  select lab_id, project_id, instrument_id, person_id, now() - interval '3 hours', now() - interval '1 hour', 'Over' from lab.instrument_bookings where purpose = 'ELISA';
select tap.as_person('tap-imm');
select tap.throws($$select api_v1.cancel_booking(pg_temp.booking('Over'), 'x')$$, 'PL173', 'what is over is not cancelled');

-- Failed.
select tap.as_person('tess');
select tap.same(pg_temp.calibrate('failed', 0) ->> 'status', 'out of service', 'a failed calibration takes it out of service');
select tap.throws($$select pg_temp.book('5 days 9 hours', '5 days 10 hours', 'x')$$, 'PL172', 'where it cannot be booked');
select tap.same(pg_temp.run(0, 'Used all the same') ->> 'flag', 'out of service', 'what was done on it is recorded all the same, and flagged');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.instruments') + tap.count('select from api_v1.calibrations') + tap.count('select from api_v1.instrument_runs'), 0::bigint, 'a stranger sees none of it');
select tap.throws($$select * from api_v1.read_calendar(pg_temp.instrument(), now(), now() + interval '1 day')$$, 'PL004', 'nor when it is taken');
