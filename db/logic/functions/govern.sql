-- What a line in the catalog of governed tables implies. Run after each rebuild; does nothing where nothing changed.

create or replace function private.govern_all()
returns void
language plpgsql
set search_path = ''
as $$
declare
  line private.governed_tables;
begin
  perform private.govern_inherited();
  for line in select * from private.governed_tables order by table_name loop
    continue when obj_description(to_regclass('history.' || line.table_name), 'pg_class') = private.governance_digest(line);
    perform private.govern_triggers(line.table_name);
    perform private.govern_access(line);
    execute format('comment on table history.%I is %L', line.table_name, private.governance_digest(line));
  end loop;
  perform private.govern_changes_view();
  perform private.keep_views_read_only();
  perform private.copy_column_comments();
  perform private.govern_search();
  perform private.copy_column_defaults();
  perform arrow.refresh_all();
end $$;

create or replace function private.govern_histories()
returns void
language sql
set search_path = ''
as $$
  select private.govern_history(table_name) from private.governed_tables
$$;

-- Changes with the line, the table's columns, or these functions.
create or replace function private.governance_digest(line private.governed_tables)
returns text
language sql stable
set search_path = ''
as $$
  select 'governed ' || md5(line::text || string_agg(c.name, ',' order by c.name)
    || (select coalesce(string_agg(i::text, '' order by i), '') from private.access_inheritance i where i.child = line.table_name)
    || (select string_agg(p.prosrc, '' order by p.proname) from pg_catalog.pg_proc p
        where p.pronamespace = 'private'::regnamespace and p.proname like 'govern%'))
  from private.table_columns(line.table_name) c(name)
$$;

create or replace function private.table_columns(table_name name)
returns setof text
language sql stable
set search_path = ''
as $$
  select a.attname::text
  from pg_catalog.pg_attribute a
  where a.attrelid = format('lab.%I', table_name)::regclass and a.attnum > 0 and not a.attisdropped
  order by a.attnum
$$;

-- history.<table>: one row for each version that ever was; a deletion leaves a last row that says so.
create or replace function private.govern_history(table_name name)
returns void
language plpgsql
set search_path = ''
as $$
declare
  column_name text;
begin
  if to_regclass(format('history.%I', table_name)) is null then
    execute format('create table history.%1$I (like lab.%1$I, event_id bigint not null references audit.events, act text not null)', table_name);
    execute format('create index on history.%I (id, version)', table_name);
    execute format('create index on history.%I using brin (event_id)', table_name);
    execute format('alter table history.%I enable row level security, force row level security', table_name);
    execute format('create trigger log_is_final before update or delete or truncate on history.%I
      for each statement execute function private.refuse_rewriting()', table_name);
  end if;
  for column_name in
    select format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
    from pg_catalog.pg_attribute a
    where a.attrelid = format('lab.%I', table_name)::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (
        select from pg_catalog.pg_attribute h
        where h.attrelid = format('history.%I', table_name)::regclass and h.attname = a.attname and not h.attisdropped)
  loop
    execute format('alter table history.%I add column %s', table_name, column_name);
  end loop;
end $$;

create or replace function private.govern_triggers(table_name name)
returns void
language plpgsql
set search_path = ''
as $$
declare
  columns constant text := (select string_agg(quote_ident(c), ', ') from private.table_columns(table_name) c);
begin
  perform private.govern_memory(table_name, 'insert', 'new_rows', columns);
  perform private.govern_memory(table_name, 'update', 'new_rows', columns);
  perform private.govern_memory(table_name, 'delete', 'old_rows', columns);
  execute format('create or replace trigger govern_1_merge before update of version on lab.%I
    for each row execute function private.merge_edit()', table_name);
  execute format('create or replace trigger govern_2_version before update on lab.%I
    for each row when (new.version = old.version) execute function private.demand_version()', table_name);
end $$;

-- The statement trigger that writes one event per lab and one history row per row; its columns are spelled out, so it is planned once.
create or replace function private.govern_memory(table_name name, act text, rows text, columns text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  function_name constant text := format('remember_%s_%s', act, table_name);
begin
  set local role law;
  execute format($create$
    create or replace function private.%1$I()
    returns trigger
    language plpgsql security definer
    set search_path = ''
    as $body$
    begin
      with events as (
        insert into audit.events (lab_id, table_name, act, row_count)
        select lab_id, %2$L, %3$L, count(*) from %4$s group by lab_id
        returning id, lab_id
      )
      insert into history.%2$I (%5$s, event_id, act)
      select %6$s, e.id, %3$L from %4$s r join events e on e.lab_id = r.lab_id;
      return null;
    end $body$
    $create$,
    function_name, table_name, act, rows, columns, regexp_replace(columns, '(^|, )', '\1r.', 'g'));
  execute format('grant execute on function private.%I() to migrator', function_name);
  reset role;
  execute format('create or replace trigger govern_3_remember_%2$s after %2$s on lab.%1$I
    referencing %3$s for each statement execute function private.%4$I()',
    table_name, act, case act when 'delete' then 'old table as old_rows' else 'new table as new_rows' end, function_name);
end $$;

-- Row security, policies and grants.
create or replace function private.govern_access(line private.governed_tables)
returns void
language plpgsql
set search_path = ''
as $$
declare
  t constant text := line.table_name;
  reads constant text := private.govern_reads(line);
  writes constant text := private.govern_writes(line);
  updates constant text := private.govern_updates(line);
  stamped constant text[] := '{id,version,created_at,created_by,updated_at,updated_by}';
  columns constant text[] := array(select c from private.table_columns(line.table_name) c where c <> all (stamped));
  s text;
begin
  execute format('alter table lab.%I enable row level security, force row level security', t);
  foreach s in array '{lab,history}'::text[] loop
    perform private.govern_policy(s, t, 'all_law', 'to law, migrator using (true) with check (true)');
    perform private.govern_policy(s, t, 'select_members', format('for select to member using (%s)', reads));
    perform private.govern_policy(s, t, 'select_worker', 'for select to worker using (true)');
    execute format('revoke all on %I.%I from member, worker', s, t);
    execute format('grant select on %I.%I to member', s, t);
  end loop;
  execute format('grant select, insert, update on lab.%I to law', t);
  execute format('grant select, insert on history.%I to law', t);
  perform private.govern_policy('lab', t, 'insert_members',
    case when line.insert_roles <> '{}' then 'for insert to member with check (' || format(writes, line.insert_roles) || ')' end);
  perform private.govern_policy('lab', t, 'update_members',
    case when line.update_roles <> '{}' then 'for update to member using (' || format(updates, line.update_roles) || ')' end);
  perform private.govern_visible(t, reads);
  if line.insert_roles <> '{}' then
    execute format('grant insert (%s) on lab.%I to member', (select string_agg(quote_ident(c), ', ') from unnest(columns) c), t);
  end if;
  if line.update_roles <> '{}' then
    execute format('grant update (%s) on lab.%I to member',
      (select string_agg(quote_ident(c), ', ') from unnest(columns || 'version'::text) c
       where c <> all (line.fixed_columns || 'lab_id'::text)), t);
  end if;
  -- no delete: regulated rows are archived
end $$;

create or replace function private.govern_policy(schema_name text, table_name text, policy_name text, definition text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  execute format('drop policy if exists %I on %I.%I', policy_name, schema_name, table_name);
  if definition is not null then
    execute format('create policy %I on %I.%I %s', policy_name, schema_name, table_name, definition);
  end if;
end $$;

-- api_v1.changes: what changed, in order, for those who may see the record.
create or replace function private.govern_changes_view()
returns void
language plpgsql
set search_path = ''
as $$
begin
  execute 'create or replace view api_v1.changes with (security_invoker) as ' || (
    select string_agg(format(
      'select p.position, e.at, e.person_id, %1$L::text as table_name, h.id as record_id, h.version, h.act
       from audit.positions p join audit.events e on e.id = p.event_id join history.%1$I h on h.event_id = e.id
       where e.table_name = %1$L', table_name), ' union all ' order by table_name)
    from private.governed_tables);
  comment on view api_v1.changes is 'Changes in the order of the log, newest position last; ask for position=gt.N to go on after N.';
  comment on column api_v1.changes.position is 'Place in the one order of all changes.';
  comment on column api_v1.changes.at is 'When it was written.';
  comment on column api_v1.changes.person_id is 'Who changed it.';
  comment on column api_v1.changes.table_name is 'Kind of record.';
  comment on column api_v1.changes.record_id is 'The record.';
  comment on column api_v1.changes.version is 'The version that came to be.';
  comment on column api_v1.changes.act is 'insert, update or delete.';
  grant select on api_v1.changes to member;
end $$;

-- A column is described once, at its table; views that show it by the same name inherit the words.
create or replace function private.copy_column_comments()
returns void
language plpgsql
set search_path = ''
as $$
declare
  statement text;
begin
  for statement in
    select distinct on (v.oid, va.attname)
      format('comment on column api_v1.%I.%I is %L', v.relname, va.attname, d.description)
    from pg_catalog.pg_class v
    join pg_catalog.pg_attribute va on va.attrelid = v.oid and va.attnum > 0
    join pg_catalog.pg_rewrite r on r.ev_class = v.oid
    join pg_catalog.pg_depend dep on dep.classid = 'pg_rewrite'::regclass and dep.objid = r.oid and dep.refclassid = 'pg_class'::regclass
    join pg_catalog.pg_attribute ta on ta.attrelid = dep.refobjid and ta.attnum = dep.refobjsubid and ta.attname = va.attname
    join pg_catalog.pg_class t on t.oid = ta.attrelid and t.relnamespace in ('lab'::regnamespace, 'history'::regnamespace)
    join pg_catalog.pg_attribute la on la.attrelid = format('lab.%I', t.relname)::regclass and la.attname = ta.attname
    join pg_catalog.pg_description d on d.objoid = la.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = la.attnum
    where v.relnamespace = 'api_v1'::regnamespace and v.relkind = 'v'
      and col_description(v.oid, va.attnum) is null
    order by v.oid, va.attname, (t.relname = v.relname) desc
  loop
    execute statement;
  end loop;
end $$;
