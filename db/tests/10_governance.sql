-- The law covers itself: what is exposed, what is governed, and who may be what. Each sentence fails when its rule is dropped.

select tap.same(
  array(select rolname::text from pg_roles where rolname in ('migrator', 'law', 'anon', 'member', 'authenticator', 'worker')
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)),
  '{}', 'no role that Petri uses is a superuser, bypasses row security, or makes roles');
select tap.same(
  array(select relname::text from pg_class where relnamespace = 'lab'::regnamespace and relkind in ('r', 'p')
        except select table_name::text from private.governed_tables),
  '{}', 'every table of lab stands in the catalog of governed tables');
select tap.same(
  array(select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('lab', 'history', 'audit') and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)),
  '{}', 'every table of lab, history and audit has forced row security');
select tap.same(
  array(select relname::text from pg_class where relnamespace = 'api_v1'::regnamespace and relkind = 'v'
        and not coalesce(reloptions::text[] && '{security_invoker=true,security_invoker=on}', false)),
  '{}', 'every exposed view asks the policies of whoever reads it (security_invoker)');
select tap.same(
  array(select relname::text from pg_class where relnamespace = 'api_v1'::regnamespace and relkind in ('r', 'p', 'm', 'f')),
  '{}', 'only views and functions are exposed, never tables');
select tap.same(
  array(select g.table_name::text from private.governed_tables g
        where (select count(*) from pg_trigger t where t.tgrelid = format('lab.%I', g.table_name)::regclass and t.tgname like 'govern\_%' and t.tgenabled = 'O') <> 5),
  '{}', 'every governed table merges edits, demands versions and remembers inserts, updates and deletions');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('api_v1', 'private') and p.prokind = 'f' and p.proconfig is null
          and p.prolang <> (select oid from pg_language where lanname = 'c')),
  '{}', 'every function fixes its search_path');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace in ('api_v1'::regnamespace, 'private'::regnamespace) and p.prosecdef and p.proowner <> 'law'::regrole),
  '{}', 'every definer function belongs to law');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace in ('api_v1'::regnamespace, 'private'::regnamespace, 'lab'::regnamespace) and has_function_privilege('public', p.oid, 'execute')),
  '{}', 'no function may be called by just anybody');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace = 'api_v1'::regnamespace and has_function_privilege('anon', p.oid, 'execute')),
  '{}', 'nobody who is not signed in may call an exposed function');
select tap.same(
  array(select c.relname::text from pg_class c where c.relnamespace in ('api_v1'::regnamespace, 'lab'::regnamespace, 'history'::regnamespace)
        and c.relkind in ('r', 'v') and has_table_privilege('anon', c.oid, 'select')),
  '{}', 'nobody who is not signed in may read anything');
select tap.same(
  array(select c.relname::text from pg_class c where c.relnamespace in ('api_v1'::regnamespace, 'lab'::regnamespace, 'history'::regnamespace)
        and c.relkind in ('r', 'v') and has_table_privilege('member', c.oid, 'delete')),
  '{}', 'nothing can be deleted through the API');
select tap.same(
  array(select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and col_description(c.oid, a.attnum) is null order by 1),
  '{}', 'every exposed column says what it is');
select tap.same(
  array(select c.relname::text from pg_class c where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and obj_description(c.oid, 'pg_class') is null
        union all
        select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'api_v1'::regnamespace and p.prokind = 'f' and obj_description(p.oid, 'pg_proc') is null),
  '{}', 'every exposed view and function says what it is');

-- Functions that data leans on belong to migrations; those of logic/ may change their body at any time.
select tap.same(
  array(select distinct p.proname::text
        from pg_depend d join pg_proc p on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
        where d.classid in ('pg_constraint'::regclass, 'pg_attrdef'::regclass) and p.pronamespace = 'private'::regnamespace
          and p.proname !~ '_v[0-9]+$'),
  '{}', 'constraints and defaults lean only on versioned functions of the migrations');
