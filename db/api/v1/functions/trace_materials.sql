-- Made from, made into and where used, at any depth, in one call. Level by level, each material once, at its shortest distance; a link is
-- seen with both its ends or not at all, so a branch ends where something hidden begins.

create or replace function api_v1.trace_materials(
  material_id uuid, direction text, most_depth integer default 100, after_depth integer default 0, after_id uuid default null, most integer default 1000)
returns table (depth integer, id uuid, code text, name text, kind text, sample_type text, status text, project_id uuid,
  amount float8, amount_unit text, from_id uuid, relation text, taken float8, taken_unit text)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  seen uuid[] := array[trace_materials.material_id];
  links uuid[];
  frontier uuid[] := seen;
  level integer := 0;
  told integer := 0;
  page integer;
begin
  perform private.demand_trace(trace_materials.material_id, direction, most_depth, most);
  while level < most_depth and told < most loop
    level := level + 1;
    select coalesce(array_agg(l.link_id), '{}'), coalesce(array_agg(l.found_id), '{}') into links, frontier
    from private.next_links(direction, frontier, seen) l;
    exit when frontier = '{}';
    seen := seen || frontier;
    continue when level < after_depth;
    return query
      select level, s.id, s.code, s.name, s.kind, s.sample_type, s.status, s.project_id, s.amount, s.amount_unit,
        case direction when 'into' then o.parent_id else o.sample_id end, o.kind, o.amount, o.amount_unit
      from unnest(links, frontier) f (link_id, found_id)
      join lab.sample_origins o on o.id = f.link_id
      join lab.samples s on s.id = f.found_id
      where level > after_depth or after_id is null or f.found_id > after_id
      order by f.found_id
      limit most - told;
    get diagnostics page = row_count;
    told := told + page;
  end loop;
end $$;
comment on function api_v1.trace_materials(uuid, text, integer, integer, uuid, integer) is
$$What a material was made from (direction "from"), or what was made from it and so on (direction "into"): each material once, nearest first.

depth: how many steps away. from_id: the neighbour it was reached by; relation, taken: how that link was made, and how much went in [in
taken_unit]. Pages: send depth and id of the last row as after_depth and after_id. What one may not see ends its branch.$$;
grant execute on function api_v1.trace_materials(uuid, text, integer, integer, uuid, integer) to member;

create or replace function private.demand_trace(material_id uuid, direction text, most_depth integer, most integer)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from lab.samples s where s.id = material_id) then
    perform private.refuse('PL004', array['material', coalesce(material_id::text, '')]);
  elsif coalesce(direction, '') not in ('from', 'into') then
    perform private.refuse('PL008', array[format('"%s" is no direction.', direction)], array['Expected one of: from, into.']);
  elsif coalesce(most_depth, 0) not between 1 and 1000 then
    perform private.refuse('PL008', array['That is no depth.'], array['Expected 1 to 1000.']);
  elsif coalesce(most, 0) not between 1 and 10000 then
    perform private.refuse('PL022', array['10000'], array['10000']);
  end if;
end $$;
grant execute on function private.demand_trace(uuid, text, integer, integer) to member;

-- One step from the frontier to what was not seen yet, with one of the links that lead there.
create or replace function private.next_links(direction text, frontier uuid[], seen uuid[])
returns table (link_id uuid, found_id uuid)
language plpgsql stable
set search_path = ''
as $$
begin
  if direction = 'into' then
    return query
      select distinct on (o.sample_id) o.id, o.sample_id
      from unnest(frontier) f (id)
      join lab.sample_origins o on o.parent_id = f.id
      where not exists (select from unnest(seen) s (id) where s.id = o.sample_id)
      order by o.sample_id, o.id;
  else
    return query
      select distinct on (o.parent_id) o.id, o.parent_id
      from unnest(frontier) f (id)
      join lab.sample_origins o on o.sample_id = f.id
      where not exists (select from unnest(seen) s (id) where s.id = o.parent_id)
      order by o.parent_id, o.id;
  end if;
end $$;
grant execute on function private.next_links(text, uuid[], uuid[]) to member;
