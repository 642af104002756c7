-- owner: law
-- Lots: which use of them is a departure.

-- What is not allowed about using this material now, or null. It can be done for a reason, and is then recorded as a departure.
create or replace function private.departure_of_use(material lab.samples, act lab.material_acts)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return null;
end $$;

-- A material that is made as a lot gets what makes it one.
create or replace function private.register_lot(project lab.projects, material jsonb, parents uuid[], kind text)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  return;
end $$;
grant execute on function private.register_lot(lab.projects, jsonb, uuid[], text) to member;
