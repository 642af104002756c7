-- owner: law
-- Places and their positions.

-- The position as it is kept: "a1" is A01, and in a numbered box "13" counts row by row. Null where the grid has no such position.
create or replace function private.normal_position(written text, row_count integer, column_count integer)
returns text
language sql immutable
set search_path = ''
as $$
  select case when r between 1 and row_count and c between 1 and column_count then private.write_position(r, c) end
  from regexp_match(upper(btrim(written)), '^([A-Z]?)0*([1-9][0-9]{0,3})$') parts
  cross join lateral (
    select case when parts[1] = '' then (parts[2]::integer - 1) / column_count + 1 else ascii(parts[1]) - 64 end as r,
      case when parts[1] = '' then (parts[2]::integer - 1) % column_count + 1 else parts[2]::integer end as c) at
$$;
grant execute on function private.normal_position(text, integer, integer) to member;

-- The same for one place, or a refusal that says what the place has.
create or replace function private.read_position(lab uuid, place_id uuid, written text)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  place lab.places;
begin
  if place_id is null then
    if written is not null then
      perform private.refuse('PL008', array['A position needs a place.'], array['Name the place too.']);
    end if;
    return null;
  end if;
  select p.* into place from lab.places p where p.lab_id = lab and p.id = read_position.place_id;
  if not found then
    perform private.refuse('PL004', array['place', place_id::text]);
  elsif written is not null and private.normal_position(written, place.row_count, place.column_count) is null then
    perform private.refuse('PL150', array[written, private.name_place(place)], array[private.describe_grid(place)]);
  end if;
  return private.normal_position(written, place.row_count, place.column_count);
end $$;

create or replace function private.write_position(row_number integer, column_number integer)
returns text
language sql immutable
set search_path = ''
return chr(64 + row_number) || to_char(column_number, 'FM00');
grant execute on function private.write_position(integer, integer) to member;

create or replace function private.describe_grid(place lab.places)
returns text
language sql immutable
set search_path = ''
return case when place.row_count is null then 'no position, only the place itself'
  else 'A01 to ' || private.write_position(place.row_count, place.column_count) end;

create or replace function private.name_place(place lab.places)
returns text
language sql immutable
set search_path = ''
return format('%s (%s)', place.name, place.code);
grant execute on function private.name_place(lab.places) to member;

-- The taken exception: who uses a place learns that a position is taken and whom to ask, and nothing else.
create or replace function private.whom_to_ask(material lab.samples, place lab.places)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    (select p.name from lab.people p
     where p.lab_id = material.lab_id and p.id = coalesce(material.custodian_id, place.keeper_id, material.created_by)),
    'the lab admin')
$$;

-- `before update of parent_id on lab.places`: a place never stands in itself. One at a time in each lab, so that two moves cannot
-- close a ring together.
create or replace function private.keep_tree()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('places ' || new.lab_id, 0));
  if exists (
    with recursive above as (
      select p.id, p.parent_id from lab.places p where p.lab_id = new.lab_id and p.id = new.parent_id
      union
      select p.id, p.parent_id from above a join lab.places p on p.lab_id = new.lab_id and p.id = a.parent_id
    )
    select from above where id = new.id)
  then
    perform private.refuse('PL147', array[private.name_place(new)]);
  end if;
  return new;
end $$;
grant execute on function private.keep_tree() to migrator;
