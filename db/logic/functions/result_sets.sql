-- owner: law
-- preliminary → reviewed → released → corrected or invalidated. What was released is frozen: the set, its results and their numbers.

create or replace function private.lock_result_set(result_set_id uuid, roles text[])
returns lab.result_sets
language plpgsql volatile
set search_path = ''
as $$
declare
  result_set lab.result_sets;
begin
  select s.* into result_set
  from lab.result_sets s
  where s.id = result_set_id and private.may_see('result_sets', s.id)
  for update;
  if not found then
    perform private.refuse('PL004', array['result set', result_set_id::text]);
  end if;
  perform private.demand_project_role(result_set.project_id, roles);
  return result_set;
end $$;

create or replace function private.demand_status(result_set lab.result_sets, wanted text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if result_set.status <> wanted then
    perform private.refuse('PL177', array[result_set.code, result_set.status], array[wanted]);
  end if;
end $$;

-- Neither who made the set, nor in a notebook, nor who may not see all of it.
create or replace function private.demand_other_judge(result_set lab.result_sets)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.demand_judgement();
  if result_set.created_by = private.me() then
    perform private.refuse('PL178');
  elsif not private.sees_whole_set(result_set.id) then
    perform private.refuse('PL003', array['reviewer or qa, for every result of this set']);
  end if;
end $$;

-- Puts results of the set's project into it; those that no longer hold are refused.
create or replace function private.fill_result_set(result_set lab.result_sets, result_ids uuid[])
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if coalesce(cardinality(result_ids), 0) not between 1 and 5000 then
    perform private.refuse('PL008', array['A result set holds results.'], array['Give the ids of 1 to 5000 results.']);
  end if;
  perform private.refuse('PL004', array['result', wanted.id::text])
  from unnest(result_ids) wanted (id)
  where not exists (
    select from lab.results r
    join private.visible_records('results', result_ids) v (id) on v.id = r.id
    where r.lab_id = result_set.lab_id and r.project_id = result_set.project_id and r.id = wanted.id);
  perform private.refuse('PL179', array[r.code, r.status])
  from lab.results r
  where r.lab_id = result_set.lab_id and r.id = any (result_ids) and r.status in ('corrected', 'invalidated');
  insert into lab.result_set_items (lab_id, project_id, result_set_id, result_id)
  select distinct result_set.lab_id, result_set.project_id, result_set.id, wanted.id from unnest(result_ids) wanted (id);
end $$;

-- What a released set says, one line a number. Names and words are quoted as JSON does.
create or replace function private.write_result_set(result_set lab.result_sets)
returns text
language sql stable
set search_path = ''
as $$
  select concat_ws(E'\n',
    format('Result set %s %s, version %s.', result_set.code, to_json(result_set.name), result_set.number),
    string_agg(concat_ws(E'\n',
      format('%s %s, sample %s, analysis %s, file %s', r.code, to_json(r.name), coalesce(s.code, '-'), a.code, coalesce(f.sha256, '-')),
      (select string_agg(format('   %s = %s %s, standard error %s', v.measurand, v.value, v.unit, coalesce(v.standard_error::text, '-')), E'\n' order by v.measurand)
       from lab.result_values v where v.lab_id = r.lab_id and v.result_id = r.id)), E'\n' order by r.code))
  from lab.result_set_items i
  join lab.results r on r.lab_id = i.lab_id and r.id = i.result_id
  join lab.analyses a on a.lab_id = r.lab_id and a.id = r.analysis_id
  left join lab.samples s on s.lab_id = r.lab_id and s.id = r.sample_id
  left join lab.files f on f.lab_id = r.lab_id and f.id = r.file_id
  where i.lab_id = result_set.lab_id and i.result_set_id = result_set.id
$$;

-- The results of a set follow it, unless another released set still stands by them.
create or replace function private.follow_result_set(result_set lab.result_sets, to_status text, from_statuses text[])
returns void
language sql volatile
set search_path = ''
as $$
  update lab.results r set status = to_status
  from lab.result_set_items i
  where i.lab_id = result_set.lab_id and i.result_set_id = result_set.id and r.lab_id = i.lab_id and r.id = i.result_id
    and r.status = any (from_statuses)
    and (to_status not in ('corrected', 'invalidated') or not exists (
      select from lab.result_set_items o join lab.result_sets s on s.lab_id = o.lab_id and s.id = o.result_set_id
      where o.lab_id = r.lab_id and o.result_id = r.id and s.id <> result_set.id and s.status = 'released'))
$$;

create or replace function private.describe_result_set(result_set_id uuid, repeated boolean default false)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('result_set_id', s.id, 'code', s.code, 'number', s.number, 'status', s.status, 'content_sha256', s.content_sha256,
    'results', (select count(*) from lab.result_set_items i where i.lab_id = s.lab_id and i.result_set_id = s.id), 'repeated', repeated)
  from lab.result_sets s
  where s.id = describe_result_set.result_set_id
$$;

create or replace function private.keep_released_set()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if to_jsonb(new) - '{status,invalid_reason,version,updated_at,updated_by}'::text[]
      is distinct from to_jsonb(old) - '{status,invalid_reason,version,updated_at,updated_by}'::text[]
    or new.status <> old.status and new.status not in ('corrected', 'invalidated')
  then
    perform private.refuse('PL177', array[old.code, old.status], array['preliminary']);
  end if;
  return new;
end $$;
grant execute on function private.keep_released_set() to migrator;

create or replace function private.keep_set_items()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  result_set lab.result_sets;
begin
  select s.* into result_set from lab.result_sets s
  where s.lab_id = coalesce(new.lab_id, old.lab_id) and s.id = coalesce(new.result_set_id, old.result_set_id);
  perform private.demand_status(result_set, 'preliminary');
  return coalesce(new, old);
end $$;
grant execute on function private.keep_set_items() to migrator;

create or replace function private.keep_released_result()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if to_jsonb(new) - '{status,version,updated_at,updated_by}'::text[] is distinct from to_jsonb(old) - '{status,version,updated_at,updated_by}'::text[]
    or new.status <> old.status and new.status not in ('corrected', 'invalidated')
  then
    perform private.refuse('PL179', array[old.code, old.status]);
  end if;
  return new;
end $$;
grant execute on function private.keep_released_result() to migrator;

create or replace function private.keep_released_values()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.refuse('PL179', array[r.code, r.status])
  from lab.results r
  where r.lab_id = coalesce(new.lab_id, old.lab_id) and r.id in (new.result_id, old.result_id) and r.status in ('released', 'corrected', 'invalidated');
  return coalesce(new, old);
end $$;
grant execute on function private.keep_released_values() to migrator;
