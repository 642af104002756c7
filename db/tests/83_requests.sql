-- An analyst asks for tests, a technician's run fulfils them, and whoever looks on sees what is late.

create function pg_temp.project(wanted text) returns uuid language sql security definer as $$ select id from lab.projects where code = wanted $$;
create function pg_temp.sample(wanted text) returns uuid language sql security definer as $$ select id from lab.samples where name = wanted $$;
create function pg_temp.run(wanted text) returns uuid language sql security definer as $$ select id from lab.sop_runs where name = wanted $$;
create function pg_temp.tests(sample_names text[] default '{Tap 1,Tap 2,Tap 3}', wanted text default 'Tap request')
returns uuid[] language sql security definer as $$
  select array_agg(t.id order by s.name) from lab.tests t join lab.samples s on s.id = t.sample_id join lab.requests r on r.id = t.request_id
  where r.title = wanted and s.name = any (sample_names)
$$;
create function pg_temp.submit(tests jsonb, title text default 'Tap request', project text default 'IMM', key uuid default gen_random_uuid(), due_on date default current_date + 3)
returns jsonb language sql as $$ select api_v1.submit_request(pg_temp.project(project), title, tests, key, due_on) $$;
create function pg_temp.problem_of(statement text) returns text language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return (sqlerrm::json ->> 'details')::json -> 0 ->> 'problem';
end $$;
create function pg_temp.statuses() returns text language sql as $$
  select (select status from api_v1.requests where title = 'Tap request') || ': ' || string_agg(sample_name || ' ' || status, ', ' order by sample_name)
  from api_v1.tests where request_title = 'Tap request'
$$;
grant execute on all functions in schema pg_temp to public;
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, v.name, 'lysate' from lab.projects, (values ('Tap 1'), ('Tap 2'), ('Tap 3')) v (name) where code = 'IMM';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Tap elsewhere', 'lysate' from lab.projects where code = 'ENZ';
insert into lab.measurands (lab_id, code, name, unit) select lab_id, 'TAPM', 'Tap', min(code) from lab.units where lab_id = (select id from lab.labs where code = 'DEMO') group by lab_id;
insert into lab.sops (lab_id, code, title) select id, 'TAPSOP', 'Test' from lab.labs where code = 'DEMO';
insert into lab.sop_versions (lab_id, sop_id, number, status, tree)
select lab_id, id, 1, 'effective', '{"block": "step", "key": "one", "title": "Do", "kind": "manual", "role": "technician"}' from lab.sops where code = 'TAPSOP';
select set_config('tap.wanted', (select jsonb_agg(jsonb_build_object('sample', code, 'measurand', 'TAPM') order by name)::text from lab.samples where name like 'Tap _'), true);

-- Asked for.
select tap.as_person('tess');
select tap.throws($$select pg_temp.submit(current_setting('tap.wanted')::jsonb)$$, 'PL003', 'a technician asks for no tests');
select tap.as_person('sten');
select tap.throws($$select pg_temp.submit(current_setting('tap.wanted')::jsonb)$$, 'PL004', 'nor does a stranger, for whom the project does not exist');
select tap.as_person('arno');
select tap.same(pg_temp.problem_of(format('select pg_temp.submit(%L)', tests)), problem, 'a request is refused where a test ' || problem)
from (values
  ('[{"sample": "S-NOWHERE", "measurand": "TAPM"}]', 'names no sample of project IMM that you may see'),
  (format('[{"sample_id": "%s", "measurand": "TAPM"}]', pg_temp.sample('Tap elsewhere')), 'names no sample of project IMM that you may see'),
  (format('[{"sample_id": "%s", "measurand": "magic"}]', pg_temp.sample('Tap 1')), 'has the unknown measurand "magic"'),
  (format('[{"sample_id": "%1$s", "measurand": "TAPM"}, {"sample_id": "%1$s", "measurand": "TAPM"}]', pg_temp.sample('Tap 1')), 'stands twice'),
  ('["x"]', 'is no object with a sample and a measurand')) v (tests, problem);
select tap.throws($$select pg_temp.submit('[]')$$, 'PL008', 'a request asks for something');
select tap.throws($$select pg_temp.submit(current_setting('tap.wanted')::jsonb, ' ')$$, 'PL008', 'and has a title');
select tap.same(pg_temp.submit(current_setting('tap.wanted')::jsonb, key => '019f0000-0000-7000-8000-0000000000f1') ->> 'tests', '3', 'an analyst asks for three tests');
select tap.same(pg_temp.submit(current_setting('tap.wanted')::jsonb, key => '019f0000-0000-7000-8000-0000000000f1') ->> 'repeated', 'true', 'once');
select tap.same(pg_temp.statuses(), 'submitted: Tap 1 requested, Tap 2 requested, Tap 3 requested', 'they stand as requested');
select tap.lives($$update api_v1.requests set due_on = current_date - 1, version = version where title = 'Tap request'$$, 'the asker may change the last day');
select tap.throws($$update api_v1.requests set status = 'completed', version = version where title = 'Tap request'$$, '42501', 'but not how the request stands');
select tap.same((select overdue from api_v1.requests where title = 'Tap request'), true, 'past it the request is overdue');
select tap.same(tap.count($$select from api_v1.tests where request_title = 'Tap request' and overdue$$), 3::bigint, 'with its tests');

-- Taken on by a run.
select tap.as_person('tess');
select tap.lives($$select api_v1.start_run('TAPSOP', pg_temp.project('IMM'), 'Tap run', array[pg_temp.sample('Tap 1'), pg_temp.sample('Tap 2')])$$, 'a technician starts a run on two of the samples');
select tap.throws($$select api_v1.take_tests(pg_temp.run('Tap run'), pg_temp.tests())$$, 'PL175', 'which takes no test of a third');
select tap.same(api_v1.take_tests(pg_temp.run('Tap run'), pg_temp.tests('{Tap 1,Tap 2}')) ->> 'tests', '2', 'but those of its own');
select tap.same(pg_temp.statuses(), 'in progress: Tap 1 in progress, Tap 2 in progress, Tap 3 requested', 'they are in progress, and so is the request');
select tap.throws($$select api_v1.finish_tests(pg_temp.tests('{Tap 1}'))$$, 'PL174', 'what a run took on is ended by the run');
select tap.lives($$select api_v1.abort_run(pg_temp.run('Tap run'), 'Power cut')$$, 'it is aborted');
select tap.same(pg_temp.statuses(), 'submitted: Tap 1 requested, Tap 2 requested, Tap 3 requested', 'and its tests are wanted again');
select tap.throws($$select api_v1.take_tests(pg_temp.run('Tap run'), pg_temp.tests('{Tap 1}'))$$, 'PL015', 'a run that ended takes none');
select tap.lives($$select api_v1.start_run('TAPSOP', pg_temp.project('IMM'), 'Tap run again', array[pg_temp.sample('Tap 1')])$$, 'another one is started');
select tap.lives($$select api_v1.take_tests(pg_temp.run('Tap run again'), pg_temp.tests('{Tap 1}'))$$, 'takes a test');
select tap.lives($$select api_v1.advance_run(pg_temp.run('Tap run again'), 'one', '{}', gen_random_uuid())$$, 'and is completed');
select tap.same((select format('%s by %s', t.status, p.login) from api_v1.tests t join api_v1.people p on p.id = t.done_by where t.sample_name = 'Tap 1'), 'done by tess', 'with it the test is done');

-- Done without a run, cancelled.
select tap.throws($$select api_v1.finish_tests('{}')$$, 'PL008', 'nothing is done where nothing is named');
select tap.same(api_v1.finish_tests(pg_temp.tests('{Tap 2}')) ->> 'finished', '1', 'a test that no run took on is done');
select tap.same(api_v1.finish_tests(pg_temp.tests('{Tap 2}')) ->> 'finished', '0', 'once');
select tap.throws($$select api_v1.cancel_tests(pg_temp.tests('{Tap 3}'), 'x')$$, 'PL003', 'a technician cancels nothing');
select tap.as_person('arno');
select tap.throws($$select api_v1.cancel_tests(pg_temp.tests('{Tap 2}'), 'x')$$, 'PL174', 'what was done is not cancelled');
select tap.throws($$select api_v1.cancel_tests(pg_temp.tests('{Tap 3}'), ' ')$$, 'PL008', 'nor anything without a reason');
select tap.same(api_v1.cancel_tests(pg_temp.tests('{Tap 3}'), 'Tube lost') ->> 'cancelled', '1', 'with one it is');
select tap.same(pg_temp.statuses(), 'completed: Tap 1 done, Tap 2 done, Tap 3 cancelled', 'the request is completed when nothing is open');
select tap.ok((select not overdue and turnaround >= 0 and test_count = 3 and open_count = 0 and done_count = 2 from api_v1.requests where title = 'Tap request'), 'it is overdue no more, and tells how long it took');
select tap.same((select format('%s %s %s', test_count, late_count, median_turnaround >= 0) from api_v1.turnaround where measurand = 'TAPM'), '2 2 t', 'turnaround is counted, with what was late');
select tap.lives($$select pg_temp.submit(current_setting('tap.wanted')::jsonb, 'Nobody wants this'); select api_v1.cancel_tests(pg_temp.tests(wanted => 'Nobody wants this'), 'Mistake')$$, 'a request is taken back whole');
select tap.same((select status from api_v1.requests where title = 'Nobody wants this'), 'cancelled', 'and is cancelled');

select tap.as_migrator();
select set_config('tap.test', (pg_temp.tests('{Tap 1}'))[1]::text, true);
select tap.throws($$update lab.tests set done_by = null where id = current_setting('tap.test')::uuid$$, '23514', 'no test is done by nobody, whoever writes');
select tap.throws($$update lab.tests set status = 'in progress', done_at = null, done_by = null, sop_run_id = null where id = current_setting('tap.test')::uuid$$, '23514', 'none is in progress without a run');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.requests') + tap.count('select from api_v1.tests') + tap.count('select from api_v1.turnaround'), 0::bigint, 'a stranger sees none of it');
select tap.throws($$select api_v1.finish_tests(array[current_setting('tap.test')::uuid])$$, 'PL004', 'and for him there is no such test');
