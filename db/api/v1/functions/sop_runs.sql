-- owner: law
-- SOP runs: started, moved on step by step, departed from. What moves a run is private.move_run alone.

create or replace function api_v1.start_run(
  sop text, project_id uuid, name text, sample_ids uuid[] default '{}', experiment_id uuid default null, act_key uuid default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  key constant uuid := coalesce(act_key, gen_random_uuid());
  answer jsonb;
begin
  perform private.demand_project_role(project.id, '{technician,analyst}');
  answer := private.begin_act(project.lab_id, key, 'start_run', jsonb_build_array(sop, project_id, name, sample_ids, experiment_id));
  if answer is not null then
    return answer;
  elsif coalesce(btrim(name), '') = '' then
    perform private.refuse('PL008', array['A run needs a name.'], array['Give it a name by which people will find it.']);
  end if;
  perform private.demand_experiment_of(project, experiment_id) where experiment_id is not null;
  return private.end_act(project.lab_id, key, private.make_run(
    project, private.demand_effective_version(project.lab_id, sop), btrim(name), sample_ids, experiment_id));
end $$;
comment on function api_v1.start_run(text, uuid, text, uuid[], uuid, uuid) is
  'Starts a run of the effective version of an SOP (by its code) in a project, on named samples; the same act_key again starts no other.';
grant execute on function api_v1.start_run(text, uuid, text, uuid[], uuid, uuid) to member;

create or replace function private.make_run(
  project lab.projects, sop_version lab.sop_versions, name text, sample_ids uuid[], experiment_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  run lab.sop_runs;
begin
  insert into lab.sop_runs (lab_id, project_id, experiment_id, sop_version_id, name)
  values (project.lab_id, project.id, experiment_id, sop_version.id, name)
  returning * into run;
  perform private.name_samples(run, sample_ids);

  insert into lab.run_steps (lab_id, project_id, sop_run_id, sop_step_id, state, waits_for)
  select run.lab_id, run.project_id, run.id, s.id, case when s.needs = '{}' then 'ready' else 'waiting' end, cardinality(s.needs)
  from lab.sop_steps s
  where s.lab_id = run.lab_id and s.sop_version_id = sop_version.id
  order by s.ordinal;
  return jsonb_build_object('run_id', run.id, 'code', run.code);
end $$;

create or replace function private.demand_visible_project(project_id uuid)
returns lab.projects
language plpgsql stable
set search_path = ''
as $$
declare
  project lab.projects;
begin
  select p.* into project
  from lab.projects p
  where p.id = project_id and p.id = any (array(select private.my_projects()));
  if not found then
    perform private.refuse('PL004', array['project', project_id::text]);
  end if;
  return project;
end $$;

create or replace function private.demand_effective_version(lab uuid, sop text)
returns lab.sop_versions
language plpgsql stable
set search_path = ''
as $$
declare
  sop_version lab.sop_versions;
begin
  if not exists (select from lab.sops s where s.lab_id = lab and s.code = sop) then
    perform private.refuse('PL004', array['SOP', sop]);
  end if;
  select v.* into sop_version
  from lab.sop_versions v
  join lab.sops s on s.lab_id = v.lab_id and s.id = v.sop_id
  where s.lab_id = lab and s.code = sop and v.status = 'effective';
  if not found then
    perform private.refuse('PL032', array[sop]);
  end if;
  return sop_version;
end $$;

create or replace function private.demand_experiment_of(project lab.projects, experiment_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from lab.experiments e where e.lab_id = project.lab_id and e.project_id = project.id and e.id = experiment_id and private.may_see('experiments', e.id)) then
    perform private.refuse('PL004', array['experiment', experiment_id::text]);
  end if;
end $$;

create or replace function private.name_samples(run lab.sop_runs, sample_ids uuid[])
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.refuse('PL004', array['sample', wanted.id::text])
  from unnest(sample_ids) wanted (id)
  where not exists (
    select from lab.samples s
    where s.lab_id = run.lab_id and s.id = wanted.id and private.may_see('samples', s.id));

  insert into lab.sop_run_samples (lab_id, project_id, sop_run_id, sample_id)
  select distinct run.lab_id, run.project_id, run.id, wanted.id from unnest(sample_ids) wanted (id);
end $$;

create or replace function api_v1.advance_run(
  run_id uuid, step text, fields jsonb, act_key uuid, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run constant lab.sop_runs := private.lock_run(run_id);
  this_step constant lab.sop_steps := private.find_step(run, step);
begin
  perform private.demand_project_role(run.project_id, array[this_step.role]);
  if act_key is null then
    perform private.refuse('PL008', array['An act needs a key.'], array['Make a uuid for the act, and send the same one when you repeat it.']);
  elsif this_step.kind = 'approval' then
    perform private.refuse('PL034', array[step]);
  end if;
  return private.move_run(run, this_step, coalesce(fields, '{}'), act_key, happened_at);
end $$;
comment on function api_v1.advance_run(uuid, text, jsonb, uuid, timestamptz) is
$$Records a ready step of a run; the same act_key again changes nothing.

fields: {"<key>": {"value": 12.5, "unit": "mL", "reported": "12.50"}}, or {"not_obtained": "reason"} in place of a value. A value out of
range, or not obtained, is recorded and opens a deviation. happened_at: when it happened at the bench; now, if left out.$$;
grant execute on function api_v1.advance_run(uuid, text, jsonb, uuid, timestamptz) to member;

create or replace function api_v1.report_deviation(
  run_id uuid, step text, description text, grade text default 'deviation', act_key uuid default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run constant lab.sop_runs := private.lock_run(run_id);
  this_step constant lab.sop_steps := private.find_step(run, step);
  run_step constant lab.run_steps := private.find_run_step(run, this_step);
  key constant uuid := coalesce(act_key, gen_random_uuid());
  deviation lab.deviations;
begin
  perform private.demand_project_role(run.project_id, '{technician,analyst,reviewer,qa}');
  if coalesce(btrim(description), '') = '' or coalesce(grade, '') not in ('note', 'warning', 'deviation') then
    perform private.refuse('PL008', array['A deviation needs a description and a grade.'], array['Grades: note, warning, deviation.']);
  end if;
  insert into lab.deviations (lab_id, project_id, run_step_id, grade, rule, description, act_key)
  values (run.lab_id, run.project_id, run_step.id, grade, 'reported', btrim(description), key)
  on conflict on constraint deviations_act_key do nothing;

  select d.* into strict deviation from lab.deviations d where d.lab_id = run.lab_id and d.act_key = key;
  if (deviation.run_step_id, deviation.grade, deviation.description, deviation.created_by)
    is distinct from (run_step.id, grade, btrim(description), private.me())
  then
    perform private.refuse('PL009');
  end if;
  return private.describe_deviation(deviation);
end $$;
comment on function api_v1.report_deviation(uuid, text, text, text, uuid) is
  'Reports a departure at a step of a run, also after the run was completed; grade note, warning or deviation.';
grant execute on function api_v1.report_deviation(uuid, text, text, text, uuid) to member;

create or replace function api_v1.request_signature(run_id uuid, step text, meaning text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run constant lab.sop_runs := private.lock_run(run_id);
  this_step constant lab.sop_steps := private.find_step(run, step);
  content text;
  challenge private.signature_challenges;
begin
  if nullif(current_setting('request.jwt.claims', true), '')::json ->> 'via' is distinct from 'browser' then
    perform private.refuse('PL016');
  elsif coalesce(meaning, '') not in ('verified', 'reviewed', 'approved', 'witnessed') then
    perform private.refuse('PL008', array[format('An approval cannot mean "%s".', meaning)],
      array['Expected one of: verified, reviewed, approved, witnessed.']);
  end if;
  perform private.demand_signable(run, this_step);
  content := private.write_approval_text(run, this_step);

  insert into private.signature_challenges (lab_id, project_id, person_id, meaning, table_name, record_id, content_sha256, act)
  select run.lab_id, run.project_id, private.me(), meaning, 'run_steps', w.id, private.hash_text(content),
    jsonb_build_object('run_id', run.id, 'step', step, 'content', content)
  from private.find_run_step(run, this_step) w
  returning * into challenge;
  return jsonb_build_object('challenge_id', challenge.id, 'expires_at', challenge.expires_at, 'sign_path', 'sign?challenge=' || challenge.id);
end $$;
comment on function api_v1.request_signature(uuid, text, text) is
  'Asks to sign an approval step; gives the page on which the same person signs within five minutes.';
grant execute on function api_v1.request_signature(uuid, text, text) to member;
