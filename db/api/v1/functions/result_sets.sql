-- owner: law
-- A set is made by an analyst, reviewed and released by others, corrected by a further version, or invalidated.

create or replace function api_v1.make_result_set(project_id uuid, name text, result_ids uuid[], act_key uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  answer jsonb;
  made lab.result_sets;
begin
  perform private.demand_project_role(project.id, '{analyst}');
  answer := private.begin_act(project.lab_id, act_key, 'make_result_set', jsonb_build_array(project_id, name, result_ids));
  if answer is not null then
    return answer;
  end if;
  insert into lab.result_sets (lab_id, project_id, name)
  values (project.lab_id, project.id, private.demand_words(name, 'name'))
  returning * into made;
  perform private.fill_result_set(made, result_ids);
  return private.end_act(project.lab_id, act_key, private.describe_result_set(made.id));
end $$;
comment on function api_v1.make_result_set(uuid, text, uuid[], uuid) is
  'Bundles results of a project under a name, preliminary, once per act_key.';
grant execute on function api_v1.make_result_set(uuid, text, uuid[], uuid) to member;

create or replace function api_v1.correct_result_set(result_set_id uuid, result_ids uuid[], reason text, act_key uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  result_set constant lab.result_sets := private.lock_result_set(result_set_id, '{analyst}');
  answer constant jsonb := private.begin_act(result_set.lab_id, act_key, 'correct_result_set', jsonb_build_array(result_set_id, result_ids, reason));
  made lab.result_sets;
begin
  if answer is not null then
    return answer;
  end if;
  perform private.demand_status(result_set, 'released');
  insert into lab.result_sets (lab_id, project_id, code, name, number, corrects_id, correction_reason)
  values (result_set.lab_id, result_set.project_id, result_set.code, result_set.name,
    (select max(s.number) + 1 from lab.result_sets s where s.lab_id = result_set.lab_id and s.code = result_set.code), result_set.id,
    private.demand_words(reason, 'reason'))
  on conflict (lab_id, corrects_id) where status <> 'invalidated' do nothing
  returning * into made;
  if not found then
    perform private.refuse('PL177', array[result_set.code, 'being corrected'], array['not']);
  end if;
  perform private.fill_result_set(made, result_ids);
  return private.end_act(result_set.lab_id, act_key, private.describe_result_set(made.id));
end $$;
comment on function api_v1.correct_result_set(uuid, uuid[], text, uuid) is
  'Begins the next version of a released set, with a reason, once per act_key. The released one holds until the next one is released.';
grant execute on function api_v1.correct_result_set(uuid, uuid[], text, uuid) to member;

create or replace function api_v1.review_result_set(result_set_id uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  result_set constant lab.result_sets := private.lock_result_set(result_set_id, '{reviewer,qa}');
begin
  perform private.demand_other_judge(result_set);
  if result_set.status = 'reviewed' and result_set.reviewed_by = private.me() then
    return private.describe_result_set(result_set.id, true);
  end if;
  perform private.demand_status(result_set, 'preliminary');
  update lab.result_sets s set status = 'reviewed', reviewed_at = clock_timestamp(), reviewed_by = private.me()
  where s.lab_id = result_set.lab_id and s.id = result_set.id;
  perform private.follow_result_set(result_set, 'reviewed', '{preliminary}');
  return private.describe_result_set(result_set.id);
end $$;
comment on function api_v1.review_result_set(uuid) is 'A set was reviewed; by a reviewer or qa who did not make it, in the browser.';
grant execute on function api_v1.review_result_set(uuid) to member;

create or replace function api_v1.release_result_set(result_set_id uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  result_set constant lab.result_sets := private.lock_result_set(result_set_id, '{reviewer,qa}');
  frozen constant text := private.write_result_set(result_set);
begin
  perform private.demand_other_judge(result_set);
  if result_set.status = 'released' and result_set.released_by = private.me() then
    return private.describe_result_set(result_set.id, true);
  end if;
  perform private.demand_status(result_set, 'reviewed');
  perform private.refuse('PL179', array[r.code, r.status])
  from lab.result_set_items i join lab.results r on r.lab_id = i.lab_id and r.id = i.result_id
  where i.lab_id = result_set.lab_id and i.result_set_id = result_set.id and r.status in ('corrected', 'invalidated');
  update lab.result_sets s
  set status = 'released', released_at = clock_timestamp(), released_by = private.me(), content = frozen,
    content_sha256 = private.hash_text(frozen)
  where s.lab_id = result_set.lab_id and s.id = result_set.id;
  perform private.follow_result_set(result_set, 'released', '{preliminary,reviewed}');
  perform private.follow_result_set(c, 'corrected', '{released}')
  from private.close_corrected(result_set) c;
  return private.describe_result_set(result_set.id);
end $$;
comment on function api_v1.release_result_set(uuid) is
$$Releases a reviewed set: from then on it, its results and their numbers stay as they are. By a reviewer or qa who did not make it, in the browser.

The version that it corrects becomes "corrected".$$;
grant execute on function api_v1.release_result_set(uuid) to member;

create or replace function private.close_corrected(result_set lab.result_sets)
returns setof lab.result_sets
language sql volatile
set search_path = ''
as $$
  update lab.result_sets s set status = 'corrected'
  where s.lab_id = result_set.lab_id and s.id = result_set.corrects_id and s.status = 'released'
  returning s.*
$$;

create or replace function api_v1.invalidate_result_set(result_set_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  result_set constant lab.result_sets := private.lock_result_set(result_set_id, '{reviewer,qa}');
  words constant text := private.demand_words(reason, 'reason');
begin
  perform private.demand_judgement();
  if result_set.status = 'invalidated' and result_set.invalid_reason = words then
    return private.describe_result_set(result_set.id, true);
  elsif result_set.status in ('corrected', 'invalidated') then
    perform private.refuse('PL177', array[result_set.code, result_set.status], array['preliminary, reviewed or released']);
  end if;
  update lab.result_sets s set status = 'invalidated', invalid_reason = words where s.lab_id = result_set.lab_id and s.id = result_set.id;
  if result_set.status = 'released' then
    perform private.follow_result_set(result_set, 'invalidated', '{released}');
  end if;
  return private.describe_result_set(result_set.id);
end $$;
comment on function api_v1.invalidate_result_set(uuid, text) is
  'A set does not hold, with a reason; results that were released with it, and with no other, do not hold either. By a reviewer or qa, in the browser.';
grant execute on function api_v1.invalidate_result_set(uuid, text) to member;
