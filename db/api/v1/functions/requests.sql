-- owner: law
-- A request is submitted, its tests are taken on by runs, done, or cancelled.

create or replace function api_v1.submit_request(
  project_id uuid, title text, tests jsonb, act_key uuid, due_on date default null, priority text default 'normal', note text default '')
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  answer jsonb;
  request lab.requests;
begin
  perform private.demand_project_role(project.id, '{analyst}');
  perform private.demand_list(tests);
  answer := private.begin_act(project.lab_id, act_key, 'submit_request', jsonb_build_array(project_id, title, tests, due_on, priority, note));
  if answer is not null then
    return answer;
  elsif coalesce(priority, '') not in ('normal', 'urgent') then
    perform private.refuse('PL008', array[format('Unknown priority "%s".', priority)], array['Expected one of: normal, urgent.']);
  end if;
  perform private.refuse_items(
    (select coalesce(jsonb_agg(jsonb_build_object('item', r.ordinal, 'code', r.code, 'problem', r.problem) order by r.ordinal), '[]')
     from private.read_tests(project, tests) r where r.problem is not null),
    jsonb_array_length(tests));
  insert into lab.requests (lab_id, project_id, title, note, priority, due_on)
  values (project.lab_id, project.id, private.demand_words(title, 'title'), coalesce(note, ''), priority, due_on)
  returning * into request;
  insert into lab.tests (lab_id, project_id, request_id, sample_id, measurand, method)
  select request.lab_id, request.project_id, request.id, r.sample_id, r.measurand, r.method
  from private.read_tests(project, tests) r
  order by r.ordinal;
  return private.end_act(project.lab_id, act_key,
    jsonb_build_object('request_id', request.id, 'code', request.code, 'tests', jsonb_array_length(tests)));
end $$;
comment on function api_v1.submit_request(uuid, text, jsonb, uuid, date, text, text) is
$$Asks for tests on samples of a project: wholly or not at all, and once per act_key.

tests: [{"sample": "S-…", "measurand": "A595", "method": "Bradford"}]; sample_id may stand for sample, method may be left out. due_on: the last
day on which it is in time. priority: normal or urgent.$$;
grant execute on function api_v1.submit_request(uuid, text, jsonb, uuid, date, text, text) to member;

create or replace function api_v1.take_tests(run_id uuid, test_ids uuid[])
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run constant lab.sop_runs := private.lock_run(run_id);
begin
  perform private.demand_project_role(run.project_id, '{technician,analyst}');
  if run.status <> 'running' then
    perform private.refuse('PL015', array[run.code, run.status]);
  end if;
  perform private.refuse('PL175', array[run.code, s.code])
  from private.lock_tests(test_ids, '{technician,analyst}', '{requested,in progress}') t
  join lab.samples s on s.lab_id = t.lab_id and s.id = t.sample_id
  where t.project_id <> run.project_id or not exists (
    select from lab.sop_run_samples w where w.lab_id = run.lab_id and w.sop_run_id = run.id and w.sample_id = t.sample_id);
  update lab.tests t set status = 'in progress', sop_run_id = run.id
  where t.lab_id = run.lab_id and t.id = any (test_ids) and t.sop_run_id is distinct from run.id;
  return jsonb_build_object('run_id', run.id, 'code', run.code, 'tests', cardinality(test_ids));
end $$;
comment on function api_v1.take_tests(uuid, uuid[]) is
  'A run takes on tests of its samples: they are done when it is completed, and wanted again when it is aborted.';
grant execute on function api_v1.take_tests(uuid, uuid[]) to member;

create or replace function api_v1.finish_tests(test_ids uuid[])
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  finished integer;
begin
  perform private.lock_tests(test_ids, '{technician,analyst}', '{requested,done}');
  update lab.tests t set status = 'done', done_at = clock_timestamp(), done_by = private.me()
  where t.id = any (test_ids) and t.status <> 'done';
  get diagnostics finished = row_count;
  return jsonb_build_object('finished', finished);
end $$;
comment on function api_v1.finish_tests(uuid[]) is 'Tests that no run took on are done.';
grant execute on function api_v1.finish_tests(uuid[]) to member;

create or replace function api_v1.cancel_tests(test_ids uuid[], reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  cancelled integer;
  words text;
begin
  perform private.lock_tests(test_ids, '{analyst}', '{requested,cancelled}');
  words := private.demand_words(reason, 'reason');
  update lab.tests t set status = 'cancelled', cancel_reason = words where t.id = any (test_ids) and t.status <> 'cancelled';
  get diagnostics cancelled = row_count;
  return jsonb_build_object('cancelled', cancelled);
end $$;
comment on function api_v1.cancel_tests(uuid[], text) is 'Tests are no longer wanted, with a reason. One that a run took on is ended by the run.';
grant execute on function api_v1.cancel_tests(uuid[], text) to member;
