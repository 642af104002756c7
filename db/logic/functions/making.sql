-- Materials from materials, in one act: the new rows, their links, and what left the ones they were made from. Runs as whoever asks.

-- `children`: what to register, as in made_columns; `links`: [{"child", "parent_id", "taken", "taken_unit"}], child counted from 1.
create or replace function private.make_materials(
  project lab.projects, kind text, children jsonb, links jsonb, act_key uuid, reason text, happened_at timestamptz)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  numbered constant jsonb := private.register_materials(project, children);
begin
  insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind, amount, amount_unit)
  select project.lab_id, project.id, m.id, l.parent_id, make_materials.kind, l.taken, l.taken_unit
  from jsonb_to_recordset(links) l (child integer, parent_id uuid, taken float8, taken_unit text)
  join jsonb_to_recordset(numbered) m (n integer, id uuid) on m.n = l.child
  order by m.n;

  insert into lab.material_acts (lab_id, project_id, material_id, kind, given_amount, given_unit, other_id, reason, happened_at, act_key)
  select project.lab_id, project.id, l.parent_id, 'use', l.taken, l.taken_unit, m.id, nullif(btrim(reason), ''), coalesce(happened_at, clock_timestamp()), act_key
  from jsonb_to_recordset(links) l (child integer, parent_id uuid, taken float8, taken_unit text)
  join jsonb_to_recordset(numbered) m (n integer, id uuid) on m.n = l.child
  order by m.n, l.parent_id;
  return numbered;
end $$;
grant execute on function private.make_materials(lab.projects, text, jsonb, jsonb, uuid, text, timestamptz) to member;

-- The one place that says which columns of a new material an act can fill. Gives the children back with their number and id.
create or replace function private.register_materials(project lab.projects, children jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  numbered jsonb := (
    select jsonb_agg(c.item || jsonb_build_object('n', c.n, 'own_code', private.new_code_v2('S')) order by c.n)
    from jsonb_array_elements(children) with ordinality c (item, n));
begin
  insert into lab.samples (lab_id, project_id, kind, code, name, sample_type, description, fields, amount, amount_unit, synthetic, place_id, position)
  select project.lab_id, project.id, coalesce(m.kind, 'sample'), m.own_code, m.name, m.sample_type, coalesce(m.description, ''),
    coalesce(m.fields, '{}'), m.amount, m.unit, coalesce(m.synthetic, false), m.place_id, m.position
  from jsonb_to_recordset(numbered) m (n integer, kind text, own_code text, name text, sample_type text, description text,
    fields jsonb, amount float8, unit text, synthetic boolean, place_id uuid, position text)
  order by m.n;
  numbered := (
    select jsonb_agg(m.item || jsonb_build_object('id', s.id) order by m.n)
    from jsonb_array_elements(numbered) with ordinality m (item, n)
    join lab.samples s on s.lab_id = project.lab_id and s.code = m.item ->> 'own_code');

  insert into lab.foreign_codes (lab_id, project_id, material_id, kind, code)
  select project.lab_id, project.id, m.id, coalesce(m.foreign_kind, 'other'), btrim(m.foreign_code)
  from jsonb_to_recordset(numbered) m (n integer, id uuid, foreign_kind text, foreign_code text)
  where m.foreign_code is not null
  order by m.n;
  return numbered;
exception
  when exclusion_violation then
    perform private.refuse('PL151', array[t.at_position, private.name_place(p)], array[t.ask])
    from jsonb_to_recordset(numbered) m (place_id uuid, position text)
    join lab.places p on p.id = m.place_id
    join private.taken_positions(p.id) t on t.at_position = private.normal_position(m.position, p.row_count, p.column_count) limit 1;
    perform private.refuse('PL008', array['Two of the parts have one position.'], array['Give each a position of its own.']);
  when unique_violation then
    perform private.refuse('PL152');
end $$;
grant execute on function private.register_materials(lab.projects, jsonb) to member;

-- What is wrong with the parts that are asked for; nothing where all is well.
create or replace function private.demand_parts(parts jsonb, project lab.projects)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  units constant text[] := array(select u.code from lab.units u where u.lab_id = project.lab_id);
  wrong jsonb;
begin
  select jsonb_agg(jsonb_build_object('item', p.n, 'problem', p.problem) order by p.n) into wrong
  from (select n, private.part_problem(item, units) as problem from jsonb_array_elements(parts) with ordinality e (item, n)) p
  where p.problem is not null;
  if wrong is not null then
    perform private.refuse('PL153', array[jsonb_array_length(wrong)::text, jsonb_array_length(parts)::text, wrong -> 0 ->> 'item', wrong -> 0 ->> 'problem'],
      details => wrong);
  end if;
end $$;
grant execute on function private.demand_parts(jsonb, lab.projects) to member;

create or replace function private.part_problem(part jsonb, units text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(part) <> 'object' then 'is no object'
    when coalesce(btrim(part ->> 'name'), '') = '' then 'has no name'
    when coalesce(btrim(part ->> 'sample_type'), '') = '' then 'has no sample_type'
    when coalesce(part ->> 'kind', 'sample') not in ('sample', 'standard', 'control', 'lot') then format('has the unknown kind "%s"', part ->> 'kind')
    else coalesce(private.amount_problem(part, 'amount', 'unit', units), private.amount_problem(part, 'taken', 'taken_unit', units))
  end
$$;
grant execute on function private.part_problem(jsonb, text[]) to member;

create or replace function private.amount_problem(part jsonb, amount_key text, unit_key text, units text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when coalesce(jsonb_typeof(part -> amount_key), 'null') not in ('number', 'null') then format('has the %s %s, which is no number', amount_key, part -> amount_key)
    when (part ->> amount_key)::numeric not between 0 and 1e300 then format('has the %s %s, which is out of bounds', amount_key, part ->> amount_key)
    when (part ->> amount_key is null) <> (part ->> unit_key is null) then format('needs %s and %s, or neither: 5 is not a volume', amount_key, unit_key)
    when part ->> unit_key <> all (units) then format('has the unknown unit "%s"', part ->> unit_key)
  end
$$;
grant execute on function private.amount_problem(jsonb, text, text, text[]) to member;

create or replace function private.demand_list_of(items jsonb, what text, most integer)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) not between 1 and most then
    perform private.refuse('PL008', array[format('This is no list of %s.', what)], array[format('Give a JSON array of 1 to %s objects.', most)]);
  end if;
end $$;
grant execute on function private.demand_list_of(jsonb, text, integer) to member;

create or replace function private.describe_made(numbered jsonb, parents uuid[])
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'made', (select jsonb_agg(private.describe_material(m.id) order by m.n) from jsonb_to_recordset(numbered) m (n integer, id uuid)),
    'from', (select jsonb_agg(private.describe_material(p.id) order by p.n) from unnest(parents) with ordinality p (id, n)))
$$;
grant execute on function private.describe_made(jsonb, uuid[]) to member;
