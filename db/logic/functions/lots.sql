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
