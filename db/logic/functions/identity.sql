-- owner: law
-- Who asks, and what they belong to. Every policy stands on these; an inactive person or a wrong audience is nobody.
-- Their signatures never change: policies lean on them.

create or replace function private.me()
returns uuid
language sql stable security definer
set search_path = ''
as $$
  select p.id
  from lab.people p
  where p.active
    and p.id = private.claimed_person_v1()
    and nullif(current_setting('request.jwt.claims', true), '')::json ->> 'aud' = 'petri'
$$;
grant execute on function private.me() to member, anon;

create or replace function private.my_labs()
returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select distinct r.lab_id from private.lab_roles r where r.person_id = (select private.me())
$$;
grant execute on function private.my_labs() to member;

create or replace function private.my_labs_as(roles text[])
returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select distinct r.lab_id
  from private.lab_roles r
  where r.person_id = (select private.me())
    and r.whole
    and r.role = any (roles)
$$;
grant execute on function private.my_labs_as(text[]) to member;

create or replace function private.my_projects()
returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select r.project_id
  from private.project_roles r
  where r.person_id = (select private.me())
$$;
grant execute on function private.my_projects() to member;

create or replace function private.my_projects_as(roles text[])
returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select r.project_id
  from private.project_roles r
  where r.person_id = (select private.me())
    and r.role = any (roles || '{lab_admin}'::text[])
$$;
grant execute on function private.my_projects_as(text[]) to member;

-- Asked by the gateway, before it signs a token.
create or replace function private.identify_person(hub_login text)
returns table (id uuid, login text, name text, lab_id uuid, roles text[], active boolean)
language sql stable security definer
set search_path = ''
as $$
  select p.id, p.login, p.name, p.lab_id,
    array(select distinct r.role from private.roles_in_force r where r.person_id = p.id order by 1),
    p.active
  from lab.people p
  where p.login = hub_login
$$;
grant execute on function private.identify_person(text) to authenticator;

-- For definer functions: what row policies would have said.
create or replace function private.demand_project_role(project uuid, roles text[])
returns void
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if private.me() is null then
    perform private.refuse('PL002');
  end if;
  if not project = any (array(select private.my_projects_as(roles))) then
    perform private.refuse('PL003', array[array_to_string(roles, ' or ')]);
  end if;
end $$;
