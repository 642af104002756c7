-- Instruments of the demo lab, one of them overdue; makers, numbers and certificates are made up.

insert into lab.instruments (lab_id, name, model, serial_number, location, contact_id, calibration_days, calibration_due_on)
select p.lab_id, v.name, v.model, v.serial_number, v.location, p.id, v.days, v.due
from lab.people p, (values
  ('Plate reader', 'Made-up reader 96/384', 'PR-0412', 'Bench 3', 365, null::date),
  ('Photometer', 'Made-up photometer', 'PH-0077', 'Bench 1', 180, current_date - 12),
  ('Centrifuge', 'Made-up centrifuge', 'CF-1203', 'Cold room', null, null)) v (name, model, serial_number, location, days, due)
where p.login = 'tess';

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'tess';
set local role member;

select api_v1.record_calibration(i.id, 'passed', now() - interval '90 days', 'Calibration service (made up)', gen_random_uuid(), certificate => 'SYN-CAL-1')
from api_v1.instruments i where i.name = 'Plate reader';
select api_v1.book_instrument(i.id, p.id, date_trunc('day', now()) + interval '1 day 9 hours', date_trunc('day', now()) + interval '1 day 11 hours', 'Bradford plates', gen_random_uuid())
from api_v1.instruments i, api_v1.projects p where i.name = 'Plate reader' and p.code = 'IMM';
select api_v1.record_instrument_run(i.id, p.id, 'Absorbance of lysate 1 (synthetic)', now() - interval '1 hour', gen_random_uuid())
from api_v1.instruments i, api_v1.projects p where i.name = 'Photometer' and p.code = 'IMM';

reset role;
select set_config('request.jwt.claims', '', true);
