-- owner: law
-- Acts on procedures and runs that need judgement: a version becomes effective, a run is aborted, a deviation is closed.

-- In the browser alone: a kernel, a script and a service account judge nothing.
create or replace function private.demand_judgement()
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if nullif(current_setting('request.jwt.claims', true), '')::json ->> 'via' is distinct from 'browser' then
    perform private.refuse('PL166');
  end if;
end $$;

create or replace function private.demand_words(given text, what text)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if coalesce(btrim(given), '') = '' then
    perform private.refuse('PL008', array[format('This needs a %s.', what)], array['Say why, in words that still explain it in a year.']);
  end if;
  return btrim(given);
end $$;

create or replace function api_v1.make_effective(sop_version_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  wanted lab.sop_versions;
begin
  select v.* into wanted
  from lab.sop_versions v
  where v.id = sop_version_id and v.lab_id = any (array(select private.my_labs()))
  for update;
  if not found then
    perform private.refuse('PL004', array['SOP version', sop_version_id::text]);
  elsif not wanted.lab_id = any (array(select private.my_labs_as('{reviewer,qa,lab_admin}'))) then
    perform private.refuse('PL003', array['reviewer or qa, in the whole lab']);
  end if;
  perform private.demand_judgement();
  perform set_config('petri.reason', private.demand_words(reason, 'reason'), true);
  if wanted.status = 'effective' then
    return private.describe_sop_version(wanted) || '{"repeated": true}';
  elsif wanted.status = 'retired' then
    perform private.refuse('PL031', array[wanted.number::text, wanted.status]);
  elsif wanted.created_by = private.me() then
    perform private.refuse('PL169');
  end if;
  update lab.sop_versions v set status = 'retired'
  where v.lab_id = wanted.lab_id and v.sop_id = wanted.sop_id and v.status = 'effective';
  update lab.sop_versions v set status = 'effective' where v.lab_id = wanted.lab_id and v.id = wanted.id returning v.* into wanted;
  return private.describe_sop_version(wanted) || '{"repeated": false}';
end $$;
comment on function api_v1.make_effective(uuid, text) is
  'Makes a version of an SOP effective and retires the one before it; by a reviewer or qa who did not write it, in the browser, with a reason.';
grant execute on function api_v1.make_effective(uuid, text) to member;

create or replace function private.describe_sop_version(sop_version lab.sop_versions)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('sop_version_id', sop_version.id, 'sop', s.code, 'number', sop_version.number, 'status', sop_version.status)
  from lab.sops s
  where s.lab_id = sop_version.lab_id and s.id = sop_version.sop_id
$$;

create or replace function api_v1.abort_run(run_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run constant lab.sop_runs := private.lock_run(run_id);
  words constant text := private.demand_words(reason, 'reason');
begin
  perform private.demand_project_role(run.project_id, '{technician,analyst,reviewer,qa}');
  if run.status = 'aborted' and run.abort_reason = words and run.updated_by = private.me() then
    return jsonb_build_object('run_id', run.id, 'code', run.code, 'status', run.status, 'repeated', true);
  elsif run.status <> 'running' then
    perform private.refuse('PL015', array[run.code, run.status]);
  end if;
  update lab.sop_runs r set status = 'aborted', abort_reason = words where r.lab_id = run.lab_id and r.id = run.id;
  return jsonb_build_object('run_id', run.id, 'code', run.code, 'status', 'aborted', 'repeated', false);
end $$;
comment on function api_v1.abort_run(uuid, text) is 'Aborts a run, with a reason. What was recorded stays; no step moves any more.';
grant execute on function api_v1.abort_run(uuid, text) to member;

create or replace function api_v1.close_deviation(deviation_id uuid, decision text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  deviation lab.deviations;
  words text;
begin
  select d.* into deviation
  from lab.deviations d
  where d.id = deviation_id and private.may_see('deviations', d.id)
  for update;
  if not found then
    perform private.refuse('PL004', array['deviation', deviation_id::text]);
  end if;
  perform private.demand_project_role(deviation.project_id, '{reviewer,qa}');
  perform private.demand_judgement();
  words := private.demand_words(decision, 'decision');
  if deviation.status = 'closed' and (deviation.closed_by, deviation.decision) is distinct from (private.me(), words) then
    perform private.refuse('PL168', array[deviation.decision]);
  elsif deviation.created_by = private.me() then
    perform private.refuse('PL167');
  end if;
  update lab.deviations d set status = 'closed', decision = words, closed_at = clock_timestamp(), closed_by = private.me()
  where d.lab_id = deviation.lab_id and d.id = deviation.id and d.status = 'open';
  return (select private.describe_deviation(d) || jsonb_build_object('decision', d.decision, 'closed_at', d.closed_at)
    from lab.deviations d where d.lab_id = deviation.lab_id and d.id = deviation.id);
end $$;
comment on function api_v1.close_deviation(uuid, text) is
  'Closes a deviation with a decision; by a reviewer or qa who did not record it, in the browser.';
grant execute on function api_v1.close_deviation(uuid, text) to member;
