create or replace function api_v1.me()
returns table (id uuid, login text, name text, lab_id uuid, lab text, roles text[])
language sql stable
set search_path = ''
as $$
  select p.id, p.login, p.name, p.lab_id, l.name,
    array(select distinct m.role from lab.memberships m where m.person_id = p.id order by 1)
  from lab.people p
  join lab.labs l on l.id = p.lab_id
  where p.id = private.me()
$$;
comment on function api_v1.me() is 'Who you are: person, lab and roles.';
grant execute on function api_v1.me() to member;
