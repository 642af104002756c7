-- One material from many.

create or replace function private.make_one(kind text, parts jsonb, material jsonb, act_key uuid, reason text, happened_at timestamptz)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  lab constant uuid := (select m.lab_id from api_v1.me() m);
  answer jsonb;
  read jsonb;
  made jsonb;
  parents uuid[];
  project lab.projects;
begin
  perform private.demand_list_of(parts, 'parts', 2000);
  answer := private.open_act(lab, act_key, kind, jsonb_build_array(parts, material, reason, happened_at at time zone 'UTC'));
  if answer is not null then
    return answer;
  end if;
  read := private.read_parents(parts);
  parents := array(select (r ->> 'material_id')::uuid from jsonb_array_elements(read) r);
  perform private.hold_materials(parents);
  project := private.project_of_made(material, parents[1]);
  made := jsonb_build_array(private.plan_made(kind, material, read, parents[1]));
  perform private.demand_parts(made, project);
  made := private.make_materials(project, kind, made, (
      select jsonb_agg(jsonb_build_object('child', 1, 'parent_id', s.id, 'taken', coalesce((r ->> 'amount')::float8, s.amount), 'taken_unit', coalesce(r ->> 'unit', s.amount_unit)) order by n)
      from jsonb_array_elements(read) with ordinality e (r, n) join lab.samples s on s.id = (r ->> 'material_id')::uuid),
    act_key, reason, happened_at);
  perform private.register_lot(project, made -> 0);
  return private.close_act(lab, act_key, private.describe_made(made, parents));
end $$;
grant execute on function private.make_one(text, jsonb, jsonb, uuid, text, timestamptz) to member;

-- Each part with its material, or what is wrong with it.
create or replace function private.read_parents(parts jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  units constant text[] := array(select u.code from lab.units u);
  read constant jsonb := (
    select jsonb_agg(jsonb_build_object('n', r.n, 'code', r.code, 'material_id', r.material_id, 'amount', p.part -> 'amount', 'unit', p.part -> 'unit',
      'problem', coalesce(r.problem, private.amount_problem(p.part, 'amount', 'unit', units))) order by r.n)
    from private.read_moves((select jsonb_agg(case jsonb_typeof(e) when 'object' then e - '{place_id,position}'::text[] else e end) from jsonb_array_elements(parts) e)) r
    join jsonb_array_elements(parts) with ordinality p (part, n) on p.n = r.n);
  wrong constant jsonb := (
    select jsonb_agg(jsonb_build_object('item', r -> 'n', 'code', r -> 'code', 'problem', r -> 'problem') order by (r ->> 'n')::integer)
    from jsonb_array_elements(read) r where r ->> 'problem' is not null);
begin
  if wrong is not null then
    perform private.refuse('PL153', array[jsonb_array_length(wrong)::text, jsonb_array_length(parts)::text, wrong -> 0 ->> 'item', wrong -> 0 ->> 'problem'],
      details => wrong);
  end if;
  return read;
end $$;
grant execute on function private.read_parents(jsonb) to member;

-- The project of what is made: the one that is named, or that of the first part; one in which whoever asks may register.
create or replace function private.project_of_made(material jsonb, first_parent uuid)
returns lab.projects
language plpgsql stable
set search_path = ''
as $$
declare
  project lab.projects;
begin
  select p.* into project
  from lab.projects p
  where p.id = case when material ? 'project_id' then private.read_uuid(material ->> 'project_id')
    else (select s.project_id from lab.samples s where s.id = first_parent) end;
  if not found then
    perform private.refuse('PL004', array['project', coalesce(material ->> 'project_id', '')]);
  elsif not project.id = any (array(select private.my_projects_as('{technician,analyst}'))) then
    perform private.refuse('PL003', array['technician or analyst']);
  end if;
  return project;
end $$;
grant execute on function private.project_of_made(jsonb, uuid) to member;

-- What is made, with what it takes over from its first part; a pool is as much as went into it.
create or replace function private.plan_made(kind text, material jsonb, read jsonb, first_parent uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('sample_type', f.sample_type, 'kind', f.kind, 'synthetic', f.synthetic)
    || case when plan_made.kind = 'pool' and total.amount is not null and not material ? 'amount'
      then jsonb_build_object('amount', total.amount, 'unit', f.amount_unit) else '{}' end
    || (jsonb_strip_nulls(material) - '{id,n,own_code,project_id}'::text[])
  from lab.samples f
  cross join lateral (
    select case when bool_and(a.went_in is not null) then sum(a.went_in)::float8 end as amount
    from jsonb_array_elements(read) r
    join lab.samples s on s.id = (r ->> 'material_id')::uuid
    cross join lateral (select private.amount_in(coalesce((r ->> 'amount')::numeric, private.exact(s.amount)), coalesce(r ->> 'unit', s.amount_unit), f.amount_unit) as went_in) a
  ) total
  where f.id = first_parent
$$;
grant execute on function private.plan_made(text, jsonb, jsonb, uuid) to member;
