-- Moves: read, judged row by row in words, and done together. They run as whoever asks.

create or replace function private.demand_moves(moves jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_typeof(moves) is distinct from 'array' or jsonb_array_length(moves) not between 1 and 2000 then
    perform private.refuse('PL008', array['This is no list of moves.'], array['Give a JSON array of 1 to 2000 of them.']);
  end if;
end $$;
grant execute on function private.demand_moves(jsonb) to member;

-- Gives those without a position the next free ones, row by row.
create or replace function private.fill_positions(place_id uuid, moves jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  with asked as (
    select m.item, m.n, jsonb_typeof(m.item) = 'object' and m.item ->> 'position' is null as is_open,
      row_number() over (partition by jsonb_typeof(m.item) = 'object' and m.item ->> 'position' is null order by m.n) as place_in_line
    from jsonb_array_elements(moves) with ordinality m (item, n)
  ), free as (
    select private.write_position(r, c) as at_position, row_number() over (order by r, c) as place_in_line
    from lab.places p, generate_series(1, p.row_count) r, generate_series(1, p.column_count) c
    where p.id = fill_positions.place_id
      and private.write_position(r, c) not in (select t.at_position from private.taken_positions(p.id) t)
      and not exists (
        select from asked a
        where not a.is_open and private.normal_position(a.item ->> 'position', p.row_count, p.column_count) = private.write_position(r, c))
  )
  select jsonb_agg(case when a.is_open and f.at_position is not null then a.item || jsonb_build_object('position', f.at_position) else a.item end order by a.n)
  from asked a
  left join free f on a.is_open and f.place_in_line = a.place_in_line
$$;
grant execute on function private.fill_positions(uuid, jsonb) to member;

-- `said` is what makes it this act, where that is not the moves themselves.
create or replace function private.move_all(moves jsonb, act_key uuid, reason text, happened_at timestamptz, said jsonb default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  lab constant uuid := (select m.lab_id from api_v1.me() m);
  answer constant jsonb := private.open_act(lab, act_key, 'move', jsonb_build_array(coalesce(said, moves), reason, happened_at at time zone 'UTC'));
  read jsonb;
begin
  if answer is not null then
    return answer;
  end if;
  select jsonb_agg(to_jsonb(r) order by r.n) into read from private.read_moves(moves) r;
  perform private.refuse_moves(read);
  perform private.hold_materials(array(select (r ->> 'material_id')::uuid from jsonb_array_elements(read) r));

  insert into lab.material_acts (lab_id, project_id, material_id, kind, place_id, position, reason, happened_at, act_key)
  select s.lab_id, s.project_id, s.id, 'move', r.place_id, r.at_position, nullif(btrim(reason), ''), coalesce(happened_at, clock_timestamp()), act_key
  from jsonb_to_recordset(read) r (n integer, material_id uuid, place_id uuid, at_position text)
  join lab.samples s on s.id = r.material_id
  order by r.n;
  return private.close_act(lab, act_key, jsonb_build_object('moved', (
    select jsonb_agg(jsonb_build_object('material_id', s.id, 'code', s.code, 'place_id', s.place_id, 'position', s.position, 'version', s.version) order by r.n)
    from jsonb_to_recordset(read) r (n integer, material_id uuid)
    join lab.samples s on s.id = r.material_id)));
end $$;
grant execute on function private.move_all(jsonb, uuid, text, timestamptz, jsonb) to member;

-- Each move with its material and place, and what is wrong with it.
create or replace function private.read_moves(moves jsonb)
returns table (n integer, code text, material_id uuid, place_id uuid, at_position text, problem text)
language sql stable
set search_path = ''
as $$
  with given as (
    select m.n::integer as n, m.item, jsonb_typeof(m.item) = 'object' as is_object,
      case when jsonb_typeof(m.item) = 'object' then nullif(btrim(m.item ->> 'code'), '') end as code,
      private.read_uuid(m.item ->> 'place_id') as place_id,
      nullif(btrim(m.item ->> 'position'), '') as at_position,
      array(
        select s.id from lab.samples s where s.id = private.read_uuid(m.item ->> 'material_id')
        union
        select k from private.materials_of_code(m.item ->> 'code') k where m.item ->> 'material_id' is null) as found
    from jsonb_array_elements(moves) with ordinality m (item, n)
  ), placed as (
    select g.*, p.id is not null as place_is_known, p.row_count, p.column_count, private.normal_position(g.at_position, p.row_count, p.column_count) as normal
    from given g left join lab.places p on p.id = g.place_id
  )
  select p.n, coalesce(p.code, (select s.code from lab.samples s where s.id = p.found[1])), p.found[1], p.place_id, p.normal,
    case
      when not p.is_object then 'is no object with a code and a position'
      when cardinality(p.found) = 0 and p.code is null then 'names no material that you may see'
      when cardinality(p.found) = 0 and private.is_known_code(p.code) then 'is known in your lab, but not yours to see'
      when cardinality(p.found) = 0 and not private.is_code(upper(p.code)) then 'is mistyped: its last character does not fit the others'
      when cardinality(p.found) = 0 then 'is a code that nobody knows'
      when cardinality(p.found) > 1 then format('is a code of %s materials: scan the own code of the right one', cardinality(p.found))
      when row_number() over (partition by p.found[1] order by p.n) > 1 then 'stands twice in the list'
      when p.item ->> 'place_id' is not null and not p.place_is_known then 'goes to a place that does not exist'
      when p.at_position is not null and p.place_id is null then 'has a position without a place'
      when p.at_position is not null and p.normal is null then format('has the position "%s", which is not in its place', p.at_position)
      when p.normal is not null and row_number() over (partition by p.place_id, p.normal order by p.n) > 1 then format('has position %s, which another of the list has', p.normal)
      else (
        select format('has position %s, which is taken: ask %s', p.normal, t.ask)
        from private.taken_positions(p.place_id, array(select g.found[1] from given g where cardinality(g.found) > 0)) t where t.at_position = p.normal)
    end
  from placed p
$$;
grant execute on function private.read_moves(jsonb) to member;

create or replace function private.read_uuid(written text)
returns uuid
language sql immutable
set search_path = ''
return case when pg_input_is_valid(written, 'uuid') then written::uuid end;
grant execute on function private.read_uuid(text) to member;

create or replace function private.refuse_moves(read jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  wrong constant jsonb := (
    select coalesce(jsonb_agg(jsonb_build_object('item', r -> 'n', 'code', r -> 'code', 'position', r -> 'at_position', 'problem', r -> 'problem') order by (r ->> 'n')::integer), '[]')
    from jsonb_array_elements(read) r where r ->> 'problem' is not null);
begin
  if wrong <> '[]' then
    perform private.refuse('PL145', array[jsonb_array_length(wrong)::text, jsonb_array_length(read)::text, wrong -> 0 ->> 'item',
      coalesce(wrong -> 0 ->> 'code', ''), wrong -> 0 ->> 'problem'], details => wrong);
  end if;
end $$;
grant execute on function private.refuse_moves(jsonb) to member;

-- Holds many materials, in one order, so that two who hold some of the same wait instead of blocking each other.
create or replace function private.hold_materials(material_ids uuid[])
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.lock_material(k) from (select distinct unnest(material_ids) as k order by 1) o;
end $$;
grant execute on function private.hold_materials(uuid[]) to member;
