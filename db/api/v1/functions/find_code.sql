-- A code that was scanned: ours, or what others call a material.

create or replace function api_v1.find_code(code text)
returns table (kind text, id uuid, own_code text, name text, status text, project text, matched text)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  scanned constant text := btrim(find_code.code);
begin
  return query
    select f.kind, f.id, f.code, f.name, f.status, f.project, 'own code' from api_v1.find_by_code(scanned) f
    union all
    select 'place', p.id, p.code, p.name, p.kind, null, 'own code' from lab.places p where p.code = upper(scanned)
    union all
    select 'sample', s.id, s.code, s.name, s.status, j.code, c.kind
    from lab.foreign_codes c
    join lab.samples s on s.lab_id = c.lab_id and s.id = c.material_id
    join lab.projects j on j.lab_id = s.lab_id and j.id = s.project_id
    where c.code = scanned and c.lab_id = any (array(select private.my_labs()));
  if found then
    return;
  elsif private.is_known_code(scanned) then
    perform private.refuse('PL148');
  elsif not private.is_code(upper(scanned)) then
    perform private.refuse('PL149', array[scanned]);
  end if;
end $$;
comment on function api_v1.find_code(text) is
$$What carries a scanned code: kind and id, by its own code or by a foreign one (matched says whose).

A code of one's own lab that one may not see is refused with PL148, a mistyped one with PL149; what nobody knows gives no row.$$;
grant execute on function api_v1.find_code(text) to member;

-- The materials that carry a code, as far as one may see them.
create or replace function private.materials_of_code(code text)
returns setof uuid
language sql stable
set search_path = ''
as $$
  select s.id from lab.samples s where s.lab_id = any (array(select private.my_labs())) and s.code = upper(btrim(materials_of_code.code))
  union
  select s.id
  from lab.foreign_codes c join lab.samples s on s.lab_id = c.lab_id and s.id = c.material_id
  where c.lab_id = any (array(select private.my_labs())) and c.code = btrim(materials_of_code.code)
$$;
grant execute on function private.materials_of_code(text) to member;
