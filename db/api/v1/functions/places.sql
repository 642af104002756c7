-- Where things are.

create or replace function api_v1.read_place(place_id uuid)
returns table (at_position text, row_number integer, column_number integer, state text, material_id uuid, code text, name text,
  kind text, sample_type text, status text, amount float8, amount_unit text, ask text)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  place lab.places;
begin
  select p.* into place from lab.places p where p.id = read_place.place_id;
  if not found then
    perform private.refuse('PL004', array['place', coalesce(place_id::text, '')]);
  end if;
  return query
    select g.at_position, g.r, g.c, case when s.id is not null then 'held' when t.at_position is not null then 'taken' else 'free' end,
      s.id, s.code, s.name, s.kind, s.sample_type, s.status, s.amount, s.amount_unit,
      case when s.id is null then t.ask end
    from (
      select private.write_position(r, c) as at_position, r, c
      from generate_series(1, place.row_count) r, generate_series(1, place.column_count) c) g
    left join private.taken_positions(place.id) t on t.at_position = g.at_position
    left join lab.samples s on s.place_id = place.id and s.position = g.at_position
    order by g.r, g.c;
end $$;
comment on function api_v1.read_place(uuid) is
$$The grid of a place, one row for each position: held (by a material that one sees), taken (ask whom "ask" names), or free.

A place without a grid has no rows; what stands in it is found by samples?place_id=eq.…$$;
grant execute on function api_v1.read_place(uuid) to member;

create or replace function api_v1.read_place_path(place_id uuid)
returns table (depth integer, id uuid, kind text, code text, name text)
language sql stable
set search_path = ''
as $$
  with recursive above as (
    select 0 as depth, p.id, p.parent_id, p.kind, p.code, p.name from lab.places p where p.id = read_place_path.place_id
    union all
    select a.depth + 1, p.id, p.parent_id, p.kind, p.code, p.name from above a join lab.places p on p.id = a.parent_id
  )
  select a.depth, a.id, a.kind, a.code, a.name from above a order by a.depth desc
$$;
comment on function api_v1.read_place_path(uuid) is 'The way to a place, from the site down; depth 0 is the place itself.';
grant execute on function api_v1.read_place_path(uuid) to member;

create or replace function api_v1.move_materials(moves jsonb, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.demand_moves(moves);
  return private.move_all(moves, act_key, reason, happened_at);
end $$;
comment on function api_v1.move_materials(jsonb, uuid, text, timestamptz) is
$$Moves materials to places, all or none, once per act_key; two can swap their positions in one call.

moves: [{"material_id": "…", "place_id": "…", "position": "A01"}]; "code" (its own, or a foreign one) may stand for material_id. Without a
position it only stands in the place; without a place it is taken out. A refusal lists in "details" what is wrong with each row.$$;
grant execute on function api_v1.move_materials(jsonb, uuid, text, timestamptz) to member;

create or replace function api_v1.rack_materials(
  place_id uuid, items jsonb, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.demand_moves(items);
  return private.move_all(
    private.fill_positions(place_id, (
      select jsonb_agg(case jsonb_typeof(i.item) when 'object' then i.item || jsonb_build_object('place_id', rack_materials.place_id) else i.item end order by i.n)
      from jsonb_array_elements(items) with ordinality i (item, n))),
    act_key, reason, happened_at, jsonb_build_array(place_id, items));
end $$;
comment on function api_v1.rack_materials(uuid, jsonb, uuid, text, timestamptz) is
$$Racks materials into a place as they are scanned, all or none, once per act_key.

items: [{"code": "S-…", "position": "A01"}]; any code of the material, or material_id. Without a position the next free one is taken, row by
row. A refusal (PL145) lists in "details" what is wrong with each item.$$;
grant execute on function api_v1.rack_materials(uuid, jsonb, uuid, text, timestamptz) to member;

create or replace function api_v1.swap_materials(material_id uuid, other_id uuid, act_key uuid, reason text default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  one constant lab.samples := private.lock_material(least(material_id, other_id));
  other constant lab.samples := private.lock_material(greatest(material_id, other_id));
begin
  return private.move_all(jsonb_build_array(
    jsonb_build_object('material_id', one.id, 'place_id', other.place_id, 'position', other.position),
    jsonb_build_object('material_id', other.id, 'place_id', one.place_id, 'position', one.position)), act_key, reason, null,
    jsonb_build_array('swap', material_id, other_id));
end $$;
comment on function api_v1.swap_materials(uuid, uuid, uuid, text) is 'Puts two materials each in the place of the other.';
grant execute on function api_v1.swap_materials(uuid, uuid, uuid, text) to member;
