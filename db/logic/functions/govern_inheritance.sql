-- The conditions of the generated policies: membership first; then, only where a person has such rules, single records that are
-- granted or denied, directly or through the columns that private.access_inheritance names. Who has no denial in a lab is through
-- with the first comparison; ids of single records are looked up in hashed sets, since arrays are searched from end to end.

create or replace function private.govern_reads(line private.governed_tables)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when line.scope = 'lab' then 'lab_id = any (array(select private.my_labs()))'
    when line.scope = 'admin' then $q$lab_id = any (array(select private.my_labs_as('{lab_admin,qa}')))$q$
    when denied is null then 'project_id = any (array(select private.my_projects()))'
    else format('project_id = any (array(select private.my_open_projects())) or (%s and (%s) is not true)',
      concat('(project_id = any (array(select private.my_projects()))', ' or ' || granted, ')'), denied)
  end
  from private.govern_sets(line.table_name)
$$;

create or replace function private.govern_writes(line private.governed_tables)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when line.scope <> 'project' then 'lab_id = any (array(select private.my_labs_as(%L)))'
    else concat('project_id = any (array(select private.my_projects_as(%L)))', ' and (' || denied || ') is not true')
  end
  from private.govern_sets(line.table_name)
$$;

create or replace function private.govern_updates(line private.governed_tables)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when line.scope <> 'project' or denied is null then private.govern_writes(line)
    else concat('(project_id = any (array(select private.my_projects_as(%1$L)))', ' or ' || edited, ') and (', denied, ') is not true')
  end
  from private.govern_sets(line.table_name)
$$;

-- A table's columns that are looked up in what is granted, denied, and granted for editing; null where there are none.
create or replace function private.govern_sets(table_name name, out granted text, out denied text, out edited text)
language sql stable
set search_path = ''
as $$
  select
    string_agg(format('%I in (select private.%I())', i.via_column, private.govern_set_name('my_granted', i.parent)), ' or ' order by i.via_column, i.parent)
      filter (where i.passes = 'both'),
    string_agg(format('%I in (select private.%I())', i.via_column, private.govern_set_name('my_denied', i.parent)), ' or ' order by i.via_column, i.parent),
    string_agg(format('%I in (select private.my_granted_as(%%1$L))', i.via_column), ' or ' order by i.via_column, i.parent)
      filter (where i.passes = 'both' and private.govern_set_name('', i.parent) = '')
  from private.access_inheritance i
  where i.child = govern_sets.table_name
$$;

-- A kind that inherits nothing needs no set of its own: the rules' ids are those of its records.
create or replace function private.govern_set_name(prefix text, kind name)
returns text
language sql stable
set search_path = ''
as $$
  select prefix || case when exists (select from private.access_inheritance i where i.child = kind and i.parent <> kind) then '_' || kind else '' end
$$;

-- my_granted_<kind>, my_denied_<kind>: the records of a kind to which a rule comes down, for the records below them.
create or replace function private.govern_inherited()
returns void
language plpgsql
set search_path = ''
as $$
declare
  definition text;
begin
  for definition in
    select private.govern_inherited_set(k.kind, p.prefix)
    from (select distinct parent as kind from private.access_inheritance) k, unnest('{my_granted,my_denied}'::text[]) p (prefix)
    where private.govern_set_name('', k.kind) <> ''
  loop
    set local role law;
    execute definition;
    reset role;
  end loop;
end $$;

create or replace function private.govern_inherited_set(kind name, prefix text)
returns text
language sql stable
set search_path = ''
as $$
  select format($create$
    create or replace function private.%1$I()
    returns setof uuid
    language sql stable security definer rows 100
    set search_path = ''
    as $body$
      %2$s
    $body$;
    grant execute on function private.%1$I() to member
    $create$,
    private.govern_set_name(prefix, kind),
    string_agg(case i.via_column
        when 'id' then format('select private.%I()', prefix)
        else format('select t.id from lab.%I t where t.%I = any (array(select private.%I()))', kind, i.via_column, private.govern_set_name(prefix, i.parent))
      end, E'\n      union ' order by i.via_column <> 'id', i.via_column))
  from private.access_inheritance i
  where i.child = kind and (prefix = 'my_denied' or i.passes = 'both')
$$;

-- visible_<table>(ids): the same condition for definer functions, which no policy binds.
create or replace function private.govern_visible(table_name name, reads text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  set local role law;
  execute format($create$
    create or replace function private.%1$I(ids uuid[])
    returns setof uuid
    language sql stable security definer
    set search_path = ''
    as $body$
      select id from lab.%2$I where id = any (ids) and (%3$s)
    $body$
    $create$, 'visible_' || table_name, table_name, reads);
  reset role;
end $$;
