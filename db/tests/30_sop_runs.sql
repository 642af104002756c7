-- A procedure is compiled, started, walked and departed from: by a technician, with an analyst, a reviewer, a stranger and nobody looking on.

create function pg_temp.step(key text, fields text default '[]', role text default 'technician', kind text default 'manual')
returns jsonb language sql as $$
  select jsonb_build_object('block', 'step', 'key', key, 'title', 'Do ' || key, 'kind', kind, 'role', role, 'fields', fields::jsonb)
$$;
create function pg_temp.block(kind text, variadic children jsonb[])
returns jsonb language sql as $$ select jsonb_build_object('block', kind, 'children', to_jsonb(children)) $$;
create function pg_temp.walk()
returns jsonb language sql as $$
  select pg_temp.block('sequence',
    pg_temp.step('weigh', '[
      {"key": "mass", "label": "Mass", "type": "number", "unit": "mL", "required": true, "low": 4.9, "high": 5.1},
      {"key": "time", "label": "Time", "type": "number", "unit": "min", "low": 2},
      {"key": "ratio", "label": "Ratio", "type": "number", "unit": "1", "high": 1.5},
      {"key": "lot", "label": "Lot", "type": "text", "required": true},
      {"key": "colour", "label": "Colour", "type": "choice", "choices": ["brown", "blue"]},
      {"key": "clear", "label": "Clear", "type": "boolean"},
      {"key": "sample", "label": "Sample", "type": "sample"}]'),
    pg_temp.block('parallel', pg_temp.step('left'), pg_temp.block('sequence', pg_temp.step('right_1'), pg_temp.step('right_2'))),
    pg_temp.step('judge', role => 'analyst'))
$$;

-- The procedure of this test, with a title nobody would wish for.
create function pg_temp.effective(sop_code text, tree jsonb, sop_title text default 'Test')
returns void language plpgsql as $$
begin
  insert into lab.sops (lab_id, code, title) select id, sop_code, sop_title from lab.labs where code = 'DEMO';
  insert into lab.sop_versions (lab_id, sop_id, number, tree) select lab_id, id, 1, tree from lab.sops where code = sop_code;
  update lab.sop_versions v set status = 'effective' from lab.sops s where s.id = v.sop_id and s.code = sop_code;
end $$;
select tap.throws(format('select pg_temp.effective(%L, %L)', 'BAD', tree), 'PL030', sentence)
from (values
  (pg_temp.block('loop', pg_temp.step('a'))::text, 'an unknown block is refused'),
  ('{"block": "sequence", "children": []}', 'an empty sequence is refused'),
  ('{"block": "parallel"}', 'a parallel without children is refused'),
  (pg_temp.step('No key')::text, 'a key that is none is refused'),
  ((pg_temp.step('a') - 'title')::text, 'a step without a title is refused'),
  (pg_temp.step('a', kind => 'magic')::text, 'an unknown kind of step is refused'),
  (pg_temp.step('a', role => 'king')::text, 'an unknown role is refused'),
  (pg_temp.step('a', '{}')::text, 'fields that are no list are refused'),
  (pg_temp.step('a', '[{"key": "n", "label": "N", "type": "text"}]', kind => 'approval')::text, 'an approval with fields is refused')) v (tree, sentence);
select tap.throws(format('select pg_temp.effective(%L, %L)', 'BAD', pg_temp.block('sequence', pg_temp.step('a', fields))), 'PL030', sentence)
from (values
  ('[{"key": "n", "label": "N", "type": "number", "unit": "furlong"}]', 'a unit the lab does not have is refused'),
  ('[{"key": "n", "label": "N", "type": "number"}]', 'a number without a unit is refused'),
  ('[{"key": "n", "label": "N", "type": "number", "unit": "mL", "low": 2, "high": 1}]', 'limits that exclude each other are refused'),
  ('[{"key": "n", "label": "N", "type": "number", "unit": "mL", "low": "2"}]', 'a limit that is no number is refused'),
  ('[{"key": "n", "label": "N", "type": "colour"}]', 'an unknown type is refused'),
  ('[{"key": "n", "label": "N", "type": "choice"}]', 'a choice without choices is refused'),
  ('[{"key": "n", "label": "N", "type": "text", "required": "yes"}]', 'a "required" that is neither true nor false is refused'),
  ('[{"key": "n", "type": "text"}]', 'a field without a label is refused'),
  ('[{"key": "N", "label": "N", "type": "text"}]', 'a field with a key that is none is refused'),
  ('[{"key": "n", "label": "N", "type": "text"}, {"key": "n", "label": "M", "type": "text"}]', 'two fields of one key are refused')) v (fields, sentence);
select tap.throws($$select pg_temp.effective('BAD', pg_temp.block('parallel', pg_temp.step('a'), pg_temp.step('a')))$$, 'PL030', 'two steps of one key are refused');

select pg_temp.effective('WALK', pg_temp.walk(), 'It''s "a" <script>alert(1)</script> 🧪');
select tap.same(
  (select string_agg(format('%s.%s<%s', st.ordinal, st.key, array_to_string(st.needs, '+')), ' ' order by st.ordinal)
   from lab.sop_steps st join lab.sop_versions v on v.id = st.sop_version_id join lab.sops s on s.id = v.sop_id where s.code = 'WALK'),
  '1.weigh< 2.left<weigh 3.right_1<weigh 4.right_2<right_1 5.judge<left+right_2',
  'a version that becomes effective is compiled: a sequence waits for the step before, what follows a parallel for all its ends');
select tap.throws($$update lab.sop_versions v set tree = pg_temp.step('other') from lab.sops s where s.id = v.sop_id and s.code = 'WALK'$$,
  'PL031', 'an effective version stays as it is');
select tap.throws($$update lab.sop_versions v set status = 'draft' from lab.sops s where s.id = v.sop_id and s.code = 'WALK'$$,
  'PL031', 'and does not become a draft again');
insert into lab.sops (lab_id, code, title) select id, 'DRAFT', 'Only a draft' from lab.labs where code = 'DEMO';
insert into lab.sop_versions (lab_id, sop_id, number, tree) select lab_id, id, 1, pg_temp.step('a') from lab.sops where code = 'DRAFT';

-- Hands for the people below. Ids are looked up for them, so that "may not" is never "cannot find".
create function pg_temp.id_of(kind text, wanted text)
returns uuid language plpgsql security definer as $$
declare id uuid;
begin
  execute format('select id from lab.%I where %I = $1', kind, case kind when 'projects' then 'code' else 'name' end) into strict id using wanted;
  return id;
end $$;
create function pg_temp.start(run_name text, project text default 'IMM', sop text default 'WALK', samples uuid[] default '{}', experiment uuid default null)
returns jsonb language sql as $$ select api_v1.start_run(sop, pg_temp.id_of('projects', project), run_name, samples, experiment) $$;
create function pg_temp.act(step text, fields text default '{}', key uuid default gen_random_uuid(), happened_at timestamptz default null, run text default 'Walk')
returns jsonb language sql as $$ select api_v1.advance_run(pg_temp.id_of('sop_runs', run), step, fields::jsonb, key, happened_at) $$;
create function pg_temp.report(description text, grade text default 'deviation', key uuid default gen_random_uuid(), step text default 'weigh')
returns jsonb language sql as $$ select api_v1.report_deviation(pg_temp.id_of('sop_runs', 'Walk'), step, description, grade, key) $$;
create function pg_temp.states()
returns text language sql as $$
  select string_agg(key || ' ' || state, ', ' order by ordinal) from api_v1.run_steps where sop_run_id = pg_temp.id_of('sop_runs', 'Walk')
$$;
grant execute on function pg_temp.id_of(text, text), pg_temp.start(text, text, text, uuid[], uuid),
  pg_temp.act(text, text, uuid, timestamptz, text), pg_temp.report(text, text, uuid, text), pg_temp.states() to public;
insert into lab.samples (lab_id, project_id, code, name, sample_type)
select lab_id, id, 'S-TAP' || code, 'Tap ' || code, 'x' from lab.projects where code in ('IMM', 'OWN');
insert into lab.people (lab_id, login, name) select id, 'vera', 'Vera' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
select p.lab_id, p.id, j.id, 'viewer' from lab.people p, lab.projects j where p.login = 'vera' and j.code = 'IMM';

-- Starting.
select tap.as_anonymous();
select tap.throws($$select api_v1.start_run('WALK', uuidv7(), 'Walk')$$, '42501', 'nobody starts nothing');
select tap.as_person('sten');
select tap.throws($$select pg_temp.start('Walk')$$, 'PL004', 'for a stranger the project does not exist');
select tap.throws($$select pg_temp.start('Walk', 'OWN')$$, 'PL004', 'nor does the procedure in his own lab');
select tap.as_person('rhea');
select tap.throws($$select pg_temp.start('Walk')$$, 'PL003', 'a reviewer starts no run');
select tap.as_person('tess');
select tap.throws($$select pg_temp.start('Walk', sop => 'DRAFT')$$, 'PL032', 'a draft cannot be run');
select tap.throws($$select pg_temp.start('  ')$$, 'PL008', 'a run needs a name');
select tap.throws($$select pg_temp.start('Walk', samples => array[pg_temp.id_of('samples', 'Tap OWN')])$$, 'PL004', 'a sample of another lab does not exist here');
select tap.throws($$select pg_temp.start('Walk', experiment => pg_temp.id_of('experiments', 'Puromycin'))$$, 'PL004', 'an experiment of another project is not taken');
select tap.ok(pg_temp.start('Walk', samples => array[pg_temp.id_of('samples', 'Tap IMM'), pg_temp.id_of('samples', 'Tap IMM')]) ->> 'code' ~ '^W-',
  'a technician starts a run and gets its code; a sample named twice is one sample');
select pg_temp.start('Walk on') is not null;
select tap.same(pg_temp.states(), 'weigh ready, left waiting, right_1 waiting, right_2 waiting, judge waiting', 'only the first step is ready');
select tap.same((select sop_title from api_v1.sop_runs where name = 'Walk'), 'It''s "a" <script>alert(1)</script> 🧪', 'quotes, markup and emoji come back as they were');

-- What is impossible is refused.
select tap.throws($$select pg_temp.act('left')$$, 'PL010', 'a waiting step cannot be completed');
select tap.throws($$select pg_temp.act('nowhere')$$, 'PL004', 'a step that the procedure lacks does not exist');
select tap.throws(format('select pg_temp.act(%L, %L)', 'weigh', fields), code, sentence)
from (values
  ('{"lot": {"value": "L1"}}', 'PL011', 'a required number truly blocks'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "  "}}', 'PL011', 'a blank is not a value'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"not_obtained": " "}}', 'PL011', '"not obtained" without a reason is refused'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1", "not_obtained": "lost"}}', 'PL014', 'a value and "not obtained" exclude each other'),
  ('{"mass": {"value": 5, "unit": "uL"}, "lot": {"value": "L1"}}', 'PL012', 'another unit is refused'),
  ('{"mass": {"value": 5}, "lot": {"value": "L1"}}', 'PL012', '5 is not a volume'),
  ('{"mass": {"value": "5", "unit": "mL"}, "lot": {"value": "L1"}}', 'PL014', 'a text is not a number'),
  ('{"mass": {"value": 1e400, "unit": "mL"}, "lot": {"value": "L1"}}', 'PL014', 'a number beyond float8 is refused'),
  ('{"mass": {"value": 5, "unit": "mL", "reported": "5.1"}, "lot": {"value": "L1"}}', 'PL014', 'reported digits that say another value are refused'),
  ('{"mass": {"value": 5, "unit": "mL", "reported": "five"}, "lot": {"value": "L1"}}', 'PL014', 'nor are reported words'),
  ('{"mass": {"value": 0, "unit": "mL", "reported": "1e-999"}, "lot": {"value": "L1"}}', 'PL014', 'nor what no float8 can hold'),
  ('{"mass": 5, "lot": {"value": "L1"}}', 'PL014', 'a bare number is no answer'),
  ('{"mass": {"value": 5, "unit": "mL", "colour": "red"}, "lot": {"value": "L1"}}', 'PL014', 'an answer has no other parts'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": 7}}', 'PL014', 'a number is not a text'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "colour": {"value": "red"}}', 'PL014', 'a choice outside the choices is refused'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "clear": {"value": "true"}}', 'PL014', 'a text is not true or false'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "sample": {"value": 7}}', 'PL014', 'a number is not a scanned code'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "sample": {"value": "S-TAPOWN"}}', 'PL004', 'a sample of another lab does not exist, scanned or not'),
  ('{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "weight": {"value": 1}}', 'PL013', 'an unknown field is refused'),
  ('[]', 'PL008', 'fields that are no object are refused')) v (fields, code, sentence);
select tap.throws($$select pg_temp.act('weigh', '{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}}', happened_at => clock_timestamp() + interval '3 minutes')$$,
  'PL033', 'it cannot have happened in the future');
select tap.throws($$select pg_temp.act('weigh', '{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}}', key => null)$$, 'PL008', 'an act needs a key');
select tap.same(pg_temp.states(), 'weigh ready, left waiting, right_1 waiting, right_2 waiting, judge waiting', 'and nothing has moved');

select tap.lives($$select pg_temp.act('weigh', '{"mass": {"value": 5, "unit": "mL"}, "lot": {"value": "L1"}, "ratio": {"value": 0.12345678901234568, "unit": "1", "reported": "0.1234567890123456789"}}', run => 'Walk on')$$,
  'more digits than a float8 carries are the same value, and are kept');

-- Who may not.
select tap.as_person('sten');
select tap.throws($$select pg_temp.act('weigh')$$, 'PL004', 'for a stranger the run does not exist');
select tap.throws($$select pg_temp.report('x')$$, 'PL004', 'and he reports no deviation of it');
select tap.as_person('arno');
select tap.throws($$select pg_temp.act('weigh')$$, 'PL003', 'an analyst does not take the technician''s step');
select tap.as_person('vera');
select tap.same(tap.count($$select from api_v1.sop_runs where name = 'Walk'$$), 1::bigint, 'a viewer sees the run');
select tap.throws($$select pg_temp.act('weigh')$$, 'PL003', 'and does not move it');
select tap.throws($$select pg_temp.report('x')$$, 'PL003', 'nor reports on it');

-- What is unusual is recorded, and opens a deviation.
select tap.as_person('tess');
select set_config('tap.act', $${"mass": {"value": 5.20, "unit": "mL", "reported": "5.20"}, "time": {"value": 1, "unit": "min"}, "ratio": {"value": 1.6, "unit": "1"},
  "lot": {"not_obtained": "label torn 🧪"}, "colour": {"not_obtained": "lamp broken"}, "clear": {"value": false}, "sample": {"value": " s-tapimm "}}$$, true) is not null,
  set_config('tap.answer', pg_temp.act('weigh', current_setting('tap.act'), '019f0000-0000-7000-8000-0000000000a1', '2026-01-02T03:04:05Z')::text, true) is not null;
select tap.same(
  (select array_agg(format('%s %s: %s', d ->> 'grade', d ->> 'field', d ->> 'description') order by d ->> 'field')
   from jsonb_array_elements(current_setting('tap.answer')::jsonb -> 'deviations') d),
  array['note colour: "Colour" was not obtained: lamp broken', 'warning lot: "Lot" was not obtained: label torn 🧪',
    'warning mass: "Mass" was 5.20 mL; expected 4.9 to 5.1 mL.', 'warning ratio: "Ratio" was 1.6; expected at most 1.5.',
    'warning time: "Time" was 1 min; expected at least 2 min.'],
  'out of range and not obtained are recorded, each with its deviation');
select tap.same((select string_agg(distinct status || ' ' || rule, ', ') from api_v1.deviations where sop_run_id = pg_temp.id_of('sop_runs', 'Walk')),
  'open not obtained, open out of range', 'the deviations are open');
select tap.same(current_setting('tap.answer')::jsonb -> 'repeated', 'false', 'the first time is not a repeat');
select tap.same((select recorded -> 'sample' from api_v1.run_steps where key = 'weigh' and sop_run_id = pg_temp.id_of('sop_runs', 'Walk')),
  jsonb_build_object('value', 'S-TAPIMM', 'sample_id', pg_temp.id_of('samples', 'Tap IMM')), 'a scanned code is kept with the sample it names');
select tap.same((select format('%s %s', recorded_by_name, happened_at at time zone 'UTC') from api_v1.run_steps where key = 'weigh' and sop_run_id = pg_temp.id_of('sop_runs', 'Walk')),
  'Tess Lindqvist 2026-01-02 03:04:05', 'the record says who and when');
select tap.same(pg_temp.states(), 'weigh completed, left ready, right_1 ready, right_2 waiting, judge waiting', 'both arms of the parallel are ready');

-- The same act again, as after a lost answer.
select tap.same(
  pg_temp.act('weigh', current_setting('tap.act'), '019f0000-0000-7000-8000-0000000000a1', '2026-01-02T03:04:05Z'),
  current_setting('tap.answer')::jsonb || '{"repeated": true}', 'the same act again gives the same answer, and says so');
select tap.same(tap.count($$select from api_v1.deviations where sop_run_id = pg_temp.id_of('sop_runs', 'Walk')$$), 5::bigint, 'and records nothing twice');
select tap.throws($$select pg_temp.act('left', key => '019f0000-0000-7000-8000-0000000000a1')$$, 'PL009', 'the same key for another act is refused');
select tap.throws($$select pg_temp.act('weigh', current_setting('tap.act'))$$, 'PL010', 'a new act on a completed step is refused');
select tap.as_person('ada');
select tap.throws($$select pg_temp.act('weigh', current_setting('tap.act'), '019f0000-0000-7000-8000-0000000000a1', '2026-01-02T03:04:05Z')$$,
  'PL009', 'nor does the key serve another person');

-- Reported by a person.
select tap.as_person('tess');
select tap.same(pg_temp.report('<b>Spilled</b> a "little"', key => '019f0000-0000-7000-8000-0000000000d1') - 'id' - 'run_step_id',
  '{"field": null, "grade": "deviation", "rule": "reported", "description": "<b>Spilled</b> a \"little\"", "status": "open"}', 'a technician reports a deviation');
select tap.lives($$select pg_temp.report('<b>Spilled</b> a "little"', key => '019f0000-0000-7000-8000-0000000000d1')$$, 'and may send it again');
select tap.same(tap.count($$select from api_v1.deviations where rule = 'reported' and sop_run_id = pg_temp.id_of('sop_runs', 'Walk')$$), 1::bigint, 'it stands once');
select tap.throws($$select pg_temp.report('Something else', key => '019f0000-0000-7000-8000-0000000000d1')$$, 'PL009', 'its key serves no other report');
select tap.lives($$select pg_temp.report('<b>Spilled</b> a "little"', key => null)$$, 'without a key, each report is a new one');
select tap.throws($$select pg_temp.report(' ')$$, 'PL008', 'a deviation needs words');
select tap.throws($$select pg_temp.report('x', 'catastrophe')$$, 'PL008', 'and a grade that is known');
select tap.throws($$select pg_temp.report('x', step => 'nowhere')$$, 'PL004', 'and a step that exists');

-- To the end.
select tap.lives($$select pg_temp.act('right_1')$$, 'one arm moves on');
select tap.lives($$select pg_temp.act('right_2')$$, 'to its end');
select tap.same(pg_temp.states(), 'weigh completed, left ready, right_1 completed, right_2 completed, judge waiting', 'what follows waits for the other arm');
select tap.lives($$select pg_temp.act('left')$$, 'the other arm ends');
select tap.same(pg_temp.states(), 'weigh completed, left completed, right_1 completed, right_2 completed, judge ready', 'now it is ready');
select tap.throws($$select pg_temp.act('judge')$$, 'PL003', 'a technician does not take the analyst''s step');
select tap.as_person('arno');
select tap.same(pg_temp.act('judge', key => '019f0000-0000-7000-8000-0000000000a9') -> 'run' ->> 'status', 'completed', 'the last step completes the run');
select tap.throws($$select pg_temp.act('judge')$$, 'PL015', 'a completed run moves no more');
select tap.same(pg_temp.act('judge', key => '019f0000-0000-7000-8000-0000000000a9') -> 'repeated', 'true', 'yet its last act may be sent again');
select tap.lives($$select pg_temp.report('Found the next day')$$, 'and what is found later can be reported');

-- Around the transition.
select tap.throws($$update lab.run_steps set state = 'completed'$$, '42501', 'no member writes the state behind the API');
select tap.throws($$insert into lab.step_records (lab_id, project_id, run_step_id, fields, happened_at, act_key, act_sha256) select lab_id, project_id, id, '{}', now(), uuidv7(), '' from lab.run_steps$$,
  '42501', 'nor a record');
select tap.throws($$select private.move_run(null, null, '{}', uuidv7(), null)$$, '42501', 'nor calls the transition itself');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.sop_runs') + tap.count('select from api_v1.run_steps') + tap.count('select from api_v1.deviations') + tap.count('select from api_v1.sops'),
  0::bigint, 'a stranger sees none of it');
select tap.as_migrator();
update lab.people set active = false where login = 'tess';
select tap.as_person('tess');
select tap.throws($$select pg_temp.start('Walk again')$$, 'PL004', 'a deactivated person starts nothing');
