-- Rows for the policy matrix that the demo lab lacks, made once. A view without a row proves nothing about who does not see it.
-- Your table has none in ENZ or IMM? Add an insert that does nothing the second time.

insert into lab.files (lab_id, project_id, experiment_id, name, media_type, size_bytes, sha256, status)
select lab_id, project_id, id, 'matrix.txt', 'text/plain', 1, repeat('0', 64), 'verified'
from lab.experiments where name = 'Puromycin'
  and not exists (select from lab.files where name = 'matrix.txt');

insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
select s.lab_id, s.project_id, s.id, p.id, 'aliquot'
from lab.samples s join lab.samples p on p.project_id = s.project_id
where s.name = 'Puromycin, untreated' and p.name = 'Puromycin, treated'
on conflict do nothing;

with made as (
  insert into lab.analyses (lab_id, project_id, experiment_id, title, notebook, source_sha256, environment, started_at, finished_at, request_key)
  select lab_id, project_id, id, 'Matrix', 'matrix.ipynb', repeat('0', 64), '{}', now(), now(), '019f0000-0000-7000-8000-00000000aaaa'
  from lab.experiments where name = 'Puromycin'
  on conflict do nothing
  returning *),
input as (
  insert into lab.analysis_inputs (lab_id, project_id, analysis_id, query, row_count, sha256, position)
  select lab_id, project_id, id, '{}', 1, repeat('0', 64), 1 from made),
result as (
  insert into lab.results (lab_id, project_id, experiment_id, analysis_id, name)
  select lab_id, project_id, experiment_id, id, 'Matrix' from made
  returning *)
insert into lab.result_values (lab_id, project_id, result_id, measurand, value, unit)
select lab_id, project_id, id, 'Vm', 1, '{counts}/min2' from result;

insert into lab.signatures (lab_id, project_id, person_id, printed_name, meaning, table_name, record_id, content_sha256, content)
select p.lab_id, j.id, p.id, p.name, 'witnessed', 'projects', j.id, encode(sha256('Matrix'), 'hex'), 'Matrix'
from lab.people p join lab.projects j on j.lab_id = p.lab_id and j.code = 'ENZ'
where p.login = 'matrix-reviewer' and not exists (select from lab.signatures where content = 'Matrix');

with made as (
  insert into lab.shipments (lab_id, project_id, name, sender, reference)
  select lab_id, id, 'Matrix', 'Matrix', 'M-1' from lab.projects where code = 'ENZ'
  on conflict do nothing
  returning *)
insert into lab.shipment_items (lab_id, project_id, shipment_id, ordinal, sender_code, name, sample_type, expected, outcome, received_at, received_by)
select m.lab_id, m.project_id, m.id, 1, 'M-1', 'Matrix', 'matrix', true, 'missing', now(), p.id
from made m join lab.people p on p.login = 'matrix-technician';

with made as (
  insert into lab.sop_runs (lab_id, project_id, sop_version_id, name, status, abort_reason)
  select r.lab_id, r.project_id, r.sop_version_id, 'Matrix', 'aborted', 'It was only to be asked about.'
  from lab.sop_runs r where r.name = 'Bradford run 1' and not exists (select from lab.sop_runs where name = 'Matrix')
  returning *),
step as (
  insert into lab.run_steps (lab_id, project_id, sop_run_id, sop_step_id, state, waits_for)
  select m.lab_id, m.project_id, m.id, s.id, 'waiting', 1
  from made m join lab.sop_steps s on s.lab_id = m.lab_id and s.sop_version_id = m.sop_version_id
  order by s.ordinal limit 1
  returning *)
insert into lab.deviations (lab_id, project_id, run_step_id, grade, rule, description, act_key, status, decision, closed_at, closed_by)
select s.lab_id, s.project_id, s.id, 'note', 'reported', 'Matrix', gen_random_uuid(), 'closed', 'Nothing to do', now(), p.id
from step s join lab.people p on p.login = 'matrix-reviewer';

insert into lab.foreign_codes (lab_id, project_id, material_id, kind, code)
select lab_id, project_id, id, 'matrix', 'M-1' from lab.samples where name = 'Puromycin, treated'
on conflict do nothing;

insert into lab.places (lab_id, kind, name, row_count, column_count)
select id, 'box', 'Matrix', 9, 9 from lab.labs where code = 'DEMO'
on conflict do nothing;

with made as (
  insert into lab.instruments (lab_id, name, contact_id)
  select lab_id, 'Matrix', id from lab.people
  where login = 'matrix-technician' and not exists (select from lab.instruments where name = 'Matrix')
  returning *),
calibrated as (
  insert into lab.calibrations (lab_id, instrument_id, outcome, calibrated_at, holds_until, performed_by)
  select lab_id, id, 'passed', now(), current_date, 'Matrix' from made),
booked as (
  insert into lab.instrument_bookings (lab_id, project_id, instrument_id, person_id, starts_at, ends_at, purpose)
  select m.lab_id, p.id, m.id, m.contact_id, '2026-01-01T08:00:00Z', '2026-01-01T09:00:00Z', 'Matrix'
  from made m join lab.projects p on p.lab_id = m.lab_id and p.code = 'ENZ')
insert into lab.instrument_runs (lab_id, project_id, instrument_id, name, started_at, operator_id)
select m.lab_id, p.id, m.id, 'Matrix', now(), m.contact_id
from made m join lab.projects p on p.lab_id = m.lab_id and p.code = 'ENZ';

with made as (
  insert into lab.requests (lab_id, project_id, title)
  select lab_id, project_id, 'Matrix' from lab.samples
  where name = 'Puromycin, treated' and not exists (select from lab.requests where title = 'Matrix')
  returning *)
insert into lab.tests (lab_id, project_id, request_id, sample_id, measurand, status, done_at, done_by)
select m.lab_id, m.project_id, m.id, s.id, 'Vm', 'done', now(), p.id
from made m
join lab.samples s on s.lab_id = m.lab_id and s.name = 'Puromycin, treated'
join lab.people p on p.login = 'matrix-technician';

-- A material with an amount: its ledger begins with it.
insert into lab.samples (lab_id, project_id, name, sample_type, amount, amount_unit)
select p.lab_id, p.id, 'Matrix', 'matrix', 1, 'mL' from lab.projects p
where p.code = 'ENZ' and not exists (select from lab.material_acts where project_id = p.id);

-- A type with an effective version, a sample that follows it, and a draft that is not sound.
insert into lab.sample_types (lab_id, name) select id, 'Matrix' from lab.labs where code = 'DEMO' on conflict do nothing;
insert into lab.sample_type_versions (lab_id, sample_type_id, number, fields)
select lab_id, id, 0, '[{"key": "volume", "label": "Volume", "type": "number", "unit": "mL"}]' from lab.sample_types t
where name = 'Matrix' and not exists (select from lab.sample_type_versions where sample_type_id = t.id);
update lab.sample_type_versions v set status = 'effective' from lab.sample_types t
where t.id = v.sample_type_id and t.name = 'Matrix' and v.status = 'draft' and v.number = 1;
insert into lab.sample_type_versions (lab_id, sample_type_id, number, fields)
select lab_id, id, 0, '[{"key": "volume", "type": "unheard of"}]' from lab.sample_types t
where name = 'Matrix' and not exists (select from lab.sample_type_versions where sample_type_id = t.id and status = 'draft');
insert into lab.samples (lab_id, project_id, name, sample_type, fields)
select lab_id, id, 'Matrix, typed', 'Matrix', '{"volume": {"value": 1, "unit": "mL"}}' from lab.projects
where code = 'ENZ' and not exists (select from lab.samples where name = 'Matrix, typed');

insert into lab.entry_templates (lab_id, name, document)
select id, 'Matrix', '{"type": "doc"}' from lab.labs where code = 'DEMO'
on conflict do nothing;

with entry as (
  insert into lab.entries (lab_id, project_id, experiment_id, title)
  select lab_id, project_id, id, 'Matrix' from lab.experiments
  where name = 'Puromycin' and not exists (select from lab.entries where title = 'Matrix')
  returning *)
insert into lab.entry_links (lab_id, project_id, entry_id, experiment_id, removed_at)
select lab_id, project_id, id, experiment_id, now() from entry;

-- Invalid from the beginning: nobody can review, release, correct or invalidate it.
with made as (
  insert into lab.result_sets (lab_id, project_id, name)
  select lab_id, project_id, 'Matrix' from lab.results
  where name = 'Matrix' and not exists (select from lab.result_sets where name = 'Matrix')
  returning *)
insert into lab.result_set_items (lab_id, project_id, result_set_id, result_id)
select m.lab_id, m.project_id, m.id, r.id from made m join lab.results r on r.project_id = m.project_id and r.name = 'Matrix';
update lab.result_sets set status = 'invalidated', invalid_reason = 'It was only to be asked about.' where name = 'Matrix' and status <> 'invalidated';

-- An import that is over: whoever may act on it is told so, and changes nothing.
with made as (
  insert into lab.imports (lab_id, project_id, kind, act_key, file_name, file_sha256, columns, status, inserted, updated, unchanged, created_by)
  select s.lab_id, s.project_id, 'samples', '019f0000-0000-7000-8000-00000000bbbb', 'matrix.csv', repeat('0', 64), '{name}', 'undone', 0, 1, 0, p.id
  from lab.samples s join lab.people p on p.login = 'matrix-analyst'
  where s.name = 'Puromycin, treated'
  on conflict do nothing
  returning *)
insert into private.imported_rows (import_id, row_no, project_id, act, record_id, version)
select m.id, 1, m.project_id, 'update', s.id, s.version from made m join lab.samples s on s.lab_id = m.lab_id and s.name = 'Puromycin, treated';

-- A lot that is low, expired and blocked, and was used all the same.
with made as (
  insert into lab.samples (lab_id, project_id, kind, name, sample_type, amount, amount_unit)
  select p.lab_id, p.id, 'lot', 'Matrix lot', 'reagent', 1, 'mL' from lab.projects p
  where p.code = 'ENZ' and not exists (select from lab.samples where name = 'Matrix lot')
  returning *)
insert into lab.lots (lab_id, project_id, material_id, status, expires_on, low_amount)
select lab_id, project_id, id, 'blocked', '2026-01-31', 1 from made;
insert into lab.material_acts (lab_id, project_id, material_id, kind, given_amount, given_unit, reason)
select lab_id, project_id, id, 'take', 0.1, 'mL', 'Matrix' from lab.samples s
where name = 'Matrix lot' and not exists (select from lab.material_acts a where a.material_id = s.id and a.departure is not null);

with made as (
  insert into lab.teams (lab_id, code, name) select id, 'MATRIX', 'Matrix' from lab.labs where code = 'DEMO'
  on conflict do nothing
  returning *)
insert into lab.team_members (lab_id, team_id, person_id)
select m.lab_id, m.id, p.id from made m join lab.people p on p.login = 'matrix-other_project';
