-- owner: law
-- A run moves in one place only. Every move holds the run's row, so two at once follow each other and no counter is lost.

create or replace function private.lock_run(run_id uuid)
returns lab.sop_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  run lab.sop_runs;
begin
  select r.* into run
  from lab.sop_runs r
  where r.id = run_id and private.may_see('sop_runs', r.id)
  for update;
  if not found then
    perform private.refuse('PL004', array['SOP run', run_id::text]);
  end if;
  return run;
end $$;

create or replace function private.find_step(run lab.sop_runs, step_key text)
returns lab.sop_steps
language plpgsql stable
set search_path = ''
as $$
declare
  step lab.sop_steps;
begin
  select s.* into step
  from lab.sop_steps s
  where s.lab_id = run.lab_id and s.sop_version_id = run.sop_version_id and s.key = step_key;
  if not found then
    perform private.refuse('PL004', array['step', step_key]);
  end if;
  return step;
end $$;

create or replace function private.find_run_step(run lab.sop_runs, step lab.sop_steps)
returns lab.run_steps
language sql stable
set search_path = ''
as $$
  select rs from lab.run_steps rs where rs.lab_id = run.lab_id and rs.sop_run_id = run.id and rs.sop_step_id = step.id
$$;

-- THE transition: records a ready step, opens its deviations, counts down the steps that wait for it, and closes a finished run.
-- The caller holds the run and has checked who asks. The same act, sent again, changes nothing.
create or replace function private.move_run(
  run lab.sop_runs, step lab.sop_steps, given jsonb, act_key uuid, happened_at timestamptz)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  run_step constant lab.run_steps := private.find_run_step(run, step);
  act_sha256 constant text := private.hash_act(run_step.id, given, happened_at);
  recorded jsonb;
begin
  if private.is_repeat(run.lab_id, act_key, act_sha256) then
    return private.describe_move(run, run_step, repeated => true);
  end if;
  perform private.demand_ready(run, run_step, step);
  perform private.demand_past(happened_at);
  recorded := private.check_fields(step, given);

  insert into lab.step_records (lab_id, project_id, run_step_id, fields, happened_at, act_key, act_sha256)
  values (run.lab_id, run.project_id, run_step.id, recorded, coalesce(happened_at, clock_timestamp()), act_key, act_sha256);

  insert into lab.deviations (lab_id, project_id, run_step_id, field, grade, rule, description)
  select run.lab_id, run.project_id, run_step.id, f.field ->> 'key', d.grade, d.rule, d.description
  from jsonb_array_elements(step.fields) with ordinality f (field, n)
  cross join lateral private.departure_of(f.field, recorded -> (f.field ->> 'key')) d
  order by f.n;

  perform private.complete_step(run, run_step, step);
  return private.describe_move(run, run_step, repeated => false);
end $$;

-- The hash of an act says who did what at which step and when; it tells a repeat from a clash.
create or replace function private.hash_act(run_step uuid, given jsonb, happened_at timestamptz)
returns text
language sql stable
set search_path = ''
as $$
  select encode(sha256(convert_to(jsonb_build_array(private.me(), run_step, given, happened_at at time zone 'UTC')::text, 'UTF8')), 'hex')
$$;

create or replace function private.is_repeat(lab uuid, act_key uuid, act_sha256 text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  known text;
begin
  select r.act_sha256 into known from lab.step_records r where r.lab_id = lab and r.act_key = is_repeat.act_key;
  if known <> act_sha256 then
    perform private.refuse('PL009');
  end if;
  return known is not null;
end $$;

create or replace function private.demand_ready(run lab.sop_runs, run_step lab.run_steps, step lab.sop_steps)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if run.status <> 'running' then
    perform private.refuse('PL015', array[run.code, run.status]);
  elsif run_step.state <> 'ready' then
    perform private.refuse('PL010', array[step.key, run_step.state]);
  end if;
end $$;

-- Clocks at the bench may run ahead by two minutes, not more.
create or replace function private.demand_past(happened_at timestamptz)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if happened_at > clock_timestamp() + interval '2 minutes' then
    perform private.refuse('PL033', array[private.utc(happened_at)]);
  end if;
end $$;

create or replace function private.utc(moment timestamptz)
returns text
language sql stable
set search_path = ''
as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')
$$;

create or replace function private.complete_step(run lab.sop_runs, run_step lab.run_steps, step lab.sop_steps)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update lab.run_steps set state = 'completed' where lab_id = run.lab_id and id = run_step.id;

  update lab.run_steps w
  set waits_for = w.waits_for - 1, state = case w.waits_for when 1 then 'ready' else 'waiting' end
  from lab.sop_steps s
  where s.lab_id = run.lab_id and s.sop_version_id = run.sop_version_id and step.key = any (s.needs)
    and w.lab_id = run.lab_id and w.sop_run_id = run.id and w.sop_step_id = s.id;

  update lab.sop_runs r set status = 'completed'
  where r.lab_id = run.lab_id and r.id = run.id and not exists (
    select from lab.run_steps w where w.lab_id = run.lab_id and w.sop_run_id = run.id and w.state <> 'completed');
end $$;

-- Where the run stands now, and the deviations at the step.
create or replace function private.describe_move(run lab.sop_runs, run_step lab.run_steps, repeated boolean)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'run', (select jsonb_build_object('id', r.id, 'code', r.code, 'status', r.status)
      from lab.sop_runs r where r.lab_id = run.lab_id and r.id = run.id),
    'steps', (select jsonb_agg(jsonb_build_object('key', s.key, 'state', w.state) order by s.ordinal)
      from lab.run_steps w join lab.sop_steps s on s.lab_id = w.lab_id and s.id = w.sop_step_id
      where w.lab_id = run.lab_id and w.sop_run_id = run.id),
    'deviations', (select coalesce(jsonb_agg(private.describe_deviation(d) order by d.id), '[]')
      from lab.deviations d where d.lab_id = run.lab_id and d.run_step_id = run_step.id),
    'repeated', repeated)
$$;

create or replace function private.describe_deviation(deviation lab.deviations)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('id', deviation.id, 'run_step_id', deviation.run_step_id, 'field', deviation.field, 'grade', deviation.grade,
    'rule', deviation.rule, 'description', deviation.description, 'status', deviation.status)
$$;
