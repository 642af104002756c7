-- owner: law
-- The taken exception: who uses a place sees which of its positions are taken, and whom to ask. Not by what.

create or replace function private.taken_positions(place_id uuid, except_materials uuid[] default '{}')
returns table (at_position text, ask text)
language sql stable security definer
set search_path = ''
as $$
  select s.position, private.whom_to_ask(s, p)
  from lab.places p
  join lab.samples s on s.lab_id = p.lab_id and s.place_id = p.id
  where p.id = taken_positions.place_id and p.lab_id = any (array(select private.my_labs()))
    and s.position is not null and s.id <> all (except_materials)
$$;
grant execute on function private.taken_positions(uuid, uuid[]) to member;

-- How many positions are taken, by whatever it is.
create or replace function private.count_taken(place_id uuid)
returns integer
language sql stable security definer
set search_path = ''
as $$
  select count(*)::integer
  from lab.samples s
  where s.place_id = count_taken.place_id and s.position is not null and s.lab_id = any (array(select private.my_labs()))
$$;
grant execute on function private.count_taken(uuid) to member;
