-- owner: law
-- What is in force now: roles from memberships, teams and rules; what is forbidden; single records. The helpers of identity.sql
-- and the generated policies stand on these. Answers of the moment: a rule that ends at noon ends at noon.

create or replace view private.rules_in_force as
select r.lab_id, r.id, r.effect, coalesce(r.person_id, t.person_id) as person_id, r.team_id, r.project_id, r.record_kind, r.record_id, r.role
from lab.access_rules r
left join lab.team_members t on t.lab_id = r.lab_id and t.team_id = r.team_id and (t.valid_until is null or t.valid_until > now())
where r.valid_from <= now() and (r.valid_until is null or r.valid_until > now())
  and coalesce(r.person_id, t.person_id) is not null;

create or replace view private.roles_in_force as
select m.person_id, m.lab_id, m.project_id, m.role
from lab.memberships m
where m.valid_until is null or m.valid_until > now()
union all
select r.person_id, r.lab_id, r.project_id, r.role
from private.rules_in_force r
where r.effect = 'allow' and r.record_id is null and r.role <> 'auditor';

-- Which role in which project; what is forbidden as a whole is left out.
create or replace view private.project_roles as
select r.person_id, p.lab_id, p.id as project_id, r.role
from private.roles_in_force r
join lab.projects p on p.lab_id = r.lab_id and (r.project_id is null or r.project_id = p.id)
where not exists (
  select from private.rules_in_force d
  where d.person_id = r.person_id and d.lab_id = p.lab_id and d.effect = 'deny' and d.record_id is null
    and (d.project_id is null or d.project_id = p.id));

-- Who has a single record has the lab's vocabulary too; `whole` roles are for every project.
create or replace view private.lab_roles as
select r.person_id, r.lab_id, r.role, r.whole
from (
  select m.person_id, m.lab_id, m.role, m.project_id is null as whole from private.roles_in_force m
  union all
  select g.person_id, g.lab_id, g.role, false from private.rules_in_force g where g.effect = 'allow' and g.record_id is not null) r
where not exists (
  select from private.rules_in_force d
  where d.person_id = r.person_id and d.lab_id = r.lab_id and d.effect = 'deny' and d.record_id is null and d.project_id is null);

-- Projects in whose lab no single record is forbidden to me: where rows need no second look.
create or replace function private.my_open_projects()
returns setof uuid
language sql stable security definer rows 20
set search_path = ''
as $$
  select distinct r.project_id
  from private.project_roles r
  where r.person_id = (select private.me())
    and not exists (
      select from private.rules_in_force d
      where d.person_id = r.person_id and d.lab_id = r.lab_id and d.effect = 'deny' and d.record_id is not null)
$$;
grant execute on function private.my_open_projects() to member;

-- Ids of single records, of any kind: an id is of one record only.
create or replace function private.my_granted()
returns setof uuid
language sql stable security definer rows 100
set search_path = ''
as $$
  select r.record_id
  from private.rules_in_force r
  where r.person_id = (select private.me()) and r.effect = 'allow' and r.record_id is not null
    and not exists (
      select from private.rules_in_force d
      where d.person_id = r.person_id and d.lab_id = r.lab_id and d.effect = 'deny' and d.record_id is null and d.project_id is null)
$$;
grant execute on function private.my_granted() to member;

create or replace function private.my_granted_as(roles text[])
returns setof uuid
language sql stable security definer rows 100
set search_path = ''
as $$
  select r.record_id
  from private.rules_in_force r
  where r.person_id = (select private.me()) and r.effect = 'allow' and r.record_id is not null and r.role = any (roles)
$$;
grant execute on function private.my_granted_as(text[]) to member;

create or replace function private.my_denied()
returns setof uuid
language sql stable security definer rows 100
set search_path = ''
as $$
  select r.record_id
  from private.rules_in_force r
  where r.person_id = (select private.me()) and r.effect = 'deny' and r.record_id is not null
$$;
grant execute on function private.my_denied() to member;

-- Whether I may see a record, and which of many I may see: what its policy says, for definer functions, which no policy binds.
create or replace function private.may_see(kind text, id uuid)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (select from private.visible_records(kind, array[id]))
$$;
grant execute on function private.may_see(text, uuid) to member;

create or replace function private.visible_records(kind text, ids uuid[])
returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return query execute format('select private.%I($1)', 'visible_' || kind) using ids;
end $$;
grant execute on function private.visible_records(text, uuid[]) to member;

create or replace function private.demand_visible(kind text, id uuid, word text)
returns void
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if not private.may_see(kind, id) then
    perform private.refuse('PL004', array[word, id::text]);
  end if;
end $$;

-- A rule speaks of a record that exists, in its own lab, and of a kind that single rules are for.
create or replace function private.check_access_rule()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  found_record boolean;
begin
  if new.record_id is null then
    return new;
  end if;
  if not exists (select from private.access_inheritance i where i.child = new.record_kind and i.parent = new.record_kind) then
    perform private.refuse('PL100', array[new.record_kind],
      array[(select string_agg(i.child, ', ' order by i.child) from private.access_inheritance i where i.child = i.parent)]);
  end if;
  execute format('select exists (select from lab.%I t where t.lab_id = $1 and t.id = $2)', new.record_kind)
    into found_record using new.lab_id, new.record_id;
  if not found_record then
    perform private.refuse('PL004', array[new.record_kind, new.record_id::text]);
  end if;
  return new;
end $$;
grant execute on function private.check_access_rule() to member, migrator;
