-- Aliquot, split, extract: many from one. Pool, prepare: one from many. One act each, with the ledgers of both sides.

create or replace function api_v1.make_parts(
  parent_id uuid, kind text, parts jsonb, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  parent constant lab.samples := private.lock_material(parent_id);
  project constant lab.projects := (select p from lab.projects p where p.id = parent.project_id);
  answer jsonb;
  made jsonb;
begin
  perform private.demand_list_of(parts, 'parts', 2000);
  if coalesce(kind, '') not in ('aliquot', 'split', 'extract') then
    perform private.refuse('PL008', array[format('Parts are not made by "%s".', kind)], array['Expected one of: aliquot, split, extract.']);
  end if;
  answer := private.open_act(parent.lab_id, act_key, 'make_parts', jsonb_build_array(parent_id, kind, parts, reason, happened_at at time zone 'UTC'));
  if answer is not null then
    return answer;
  end if;
  made := private.plan_parts(parent, make_parts.kind, parts);
  perform private.demand_parts(made, project);
  made := private.make_materials(project, make_parts.kind, made, (
      select jsonb_agg(jsonb_build_object('child', p.n, 'parent_id', parent.id, 'taken', p.part -> 'taken', 'taken_unit', p.part -> 'taken_unit'))
      from jsonb_array_elements(made) with ordinality p (part, n)), act_key, reason, happened_at);
  perform private.copy_lot(parent, made);
  if kind = 'split' then
    perform private.finish_split(parent, act_key, happened_at);
  end if;
  return private.close_act(parent.lab_id, act_key, private.describe_made(made, array[parent.id]));
end $$;
comment on function api_v1.make_parts(uuid, text, jsonb, uuid, text, timestamptz) is
$$Makes parts of a material by aliquot, split (what is left of it is consumed) or extract: wholly or not at all, once per act_key.

parts: [{"amount": 50, "unit": "uL", "count": 24}]; optional: name, sample_type (else the parent's), fields (the parent's, where the type is the same), description,
taken and taken_unit (how much
of the parent went in; the part's own amount, if left out, save for an extract), foreign_code and foreign_kind, place_id and position.$$;
grant execute on function api_v1.make_parts(uuid, text, jsonb, uuid, text, timestamptz) to member;

-- The parts one by one, each with all that it takes over from its parent.
create or replace function private.plan_parts(parent lab.samples, kind text, parts jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  many constant bigint := (
    select sum(case jsonb_typeof(p -> 'count') when 'number' then least((p ->> 'count')::numeric, 2001)::integer else 1 end)
    from jsonb_array_elements(parts) p);
  known constant bigint := (select count(*) from lab.sample_origins o where o.parent_id = parent.id);
begin
  if many > 2000 or exists (select from jsonb_array_elements(parts) p where p ? 'count' and not coalesce(p ->> 'count' ~ '^[1-9][0-9]{0,3}$', false)) then
    perform private.refuse('PL008', array['So many parts are not made in one act.'], array['Make 1 to 2000 at a time.']);
  end if;
  return (
    select jsonb_agg(case jsonb_typeof(p.part) when 'object' then
      jsonb_build_object('name', format('%s / %s', parent.name, known + row_number), 'sample_type', parent.sample_type, 'kind', parent.kind, 'synthetic', parent.synthetic)
      || case when plan_parts.kind <> 'extract' and p.part -> 'taken' is null
        then jsonb_build_object('taken', p.part -> 'amount', 'taken_unit', p.part -> 'unit') else '{}' end
      -- the same material in another tube: what is known of it is known of the part
      || case when plan_parts.kind <> 'extract' and coalesce(p.part ->> 'sample_type', parent.sample_type) = parent.sample_type
        then jsonb_build_object('fields', parent.fields || case jsonb_typeof(p.part -> 'fields') when 'object' then p.part -> 'fields' else '{}' end) else '{}' end
      || (jsonb_strip_nulls(p.part) - case when plan_parts.kind <> 'extract' and coalesce(p.part ->> 'sample_type', parent.sample_type) = parent.sample_type
        then '{count,id,n,own_code,fields}'::text[] else '{count,id,n,own_code}'::text[] end) else p.part end order by row_number)
    from (
      select e.part, row_number() over (order by e.n, g) from jsonb_array_elements(parts) with ordinality e (part, n)
      cross join lateral generate_series(1, case when jsonb_typeof(e.part) = 'object' then coalesce((e.part ->> 'count')::integer, 1) else 1 end) g) p);
end $$;
grant execute on function private.plan_parts(lab.samples, text, jsonb) to member;

-- A split leaves nothing: what the parts do not add up to was lost in it.
create or replace function private.finish_split(parent lab.samples, act_key uuid, happened_at timestamptz)
returns void
language sql volatile
set search_path = ''
as $$
  insert into lab.material_acts (lab_id, project_id, material_id, kind, reason, happened_at, act_key)
  select s.lab_id, s.project_id, s.id, 'consume', 'Split.', coalesce(happened_at, clock_timestamp()), act_key
  from lab.samples s
  where s.lab_id = parent.lab_id and s.id = parent.id and s.status = 'available'
$$;
grant execute on function private.finish_split(lab.samples, uuid, timestamptz) to member;

create or replace function api_v1.pool_materials(
  parts jsonb, act_key uuid, name text, material jsonb default '{}', reason text default null, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.make_one('pool', parts, coalesce(material, '{}') || jsonb_build_object('name', name), act_key, reason, happened_at);
comment on function api_v1.pool_materials(jsonb, uuid, text, jsonb, text, timestamptz) is
$$Pools materials into one: wholly or not at all, once per act_key.

parts: [{"material_id": "…", "amount": 50, "unit": "uL"}]; "code" may stand for material_id; without an amount all that is left goes in. material:
optional sample_type, kind, amount and unit (else the sum, where the units convert), description, project_id (else that of the first), place_id, position;
and what makes it a lot, as in register_lot.$$;
grant execute on function api_v1.pool_materials(jsonb, uuid, text, jsonb, text, timestamptz) to member;

create or replace function api_v1.prepare_material(
  parts jsonb, act_key uuid, name text, material jsonb default '{}', reason text default null, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.make_one('prepare', parts, coalesce(material, '{}') || jsonb_build_object('name', name), act_key, reason, happened_at);
comment on function api_v1.prepare_material(jsonb, uuid, text, jsonb, text, timestamptz) is
$$Prepares a material from others, as a standard from a stock and a buffer: parts and material as in pool_materials, but with its own amount.

A lot among the parts that is blocked, in quarantine or expired needs a reason, and is recorded as a departure.$$;
grant execute on function api_v1.prepare_material(jsonb, uuid, text, jsonb, text, timestamptz) to member;
