-- A normalised picture of the law: what exists, who may do what, and what it says of itself. Its text changes when the law does.
with spaces as (
  select oid, nspname as name from pg_namespace where nspname in ('lab', 'history', 'audit', 'private', 'api_v1', 'arrow')
), relations as (
  select s.name || '.' || c.relname as name, c.*
  from pg_class c join spaces s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'c')
), entries as (
  select case r.relkind when 'v' then 'view ' when 'c' then 'type ' else 'table ' end || r.name as key, jsonb_strip_nulls(jsonb_build_object(
    'comment', case when r.relnamespace <> 'history'::regnamespace then obj_description(r.oid, 'pg_class') end,
    'options', to_jsonb(r.reloptions),
    'row security', case when r.relkind in ('r', 'p') then r.relrowsecurity and r.relforcerowsecurity end,
    'columns', (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', nullif(a.attnotnull, false),
        'default', pg_get_expr(d.adbin, d.adrelid), 'comment', col_description(r.oid, a.attnum))) order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped),
    'constraints', (select jsonb_object_agg(k.conname, pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = r.oid and k.contype <> 'n'),
    'indexes', (
      select jsonb_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE ', '') order by i.indexrelid::regclass::text)
      from pg_index i where i.indrelid = r.oid
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = r.oid)),
    'policies', (
      select jsonb_object_agg(p.polname, concat_ws(' ',
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        'to', (select string_agg(x::regrole::text, ', ' order by x::regrole::text) from unnest(p.polroles) x),
        'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)))
      from pg_policy p where p.polrelid = r.oid),
    'triggers', (select jsonb_object_agg(t.tgname, pg_get_triggerdef(t.oid)) from pg_trigger t where t.tgrelid = r.oid and not t.tgisinternal),
    'grants', (
      select jsonb_object_agg(grantee, rights) from (
        select g.grantee::regrole::text as grantee, string_agg(lower(g.privilege_type), ', ' order by g.privilege_type) as rights
        from aclexplode(r.relacl) g where g.grantee not in (0, r.relowner) group by 1) x),
    'column grants', (
      select jsonb_object_agg(grantee, rights) from (
        select g.grantee::regrole::text as grantee, string_agg(lower(g.privilege_type) || ' ' || a.attname, ', ' order by g.privilege_type, a.attname) as rights
        from pg_attribute a, aclexplode(a.attacl) g where a.attrelid = r.oid and g.grantee <> 0 group by 1) x),
    'definition', case when r.relkind = 'v' then md5(pg_get_viewdef(r.oid)) end)) as value
  from relations r
  union all
  select 'function ' || s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', jsonb_strip_nulls(jsonb_build_object(
    'comment', obj_description(p.oid, 'pg_proc'),
    'arguments', pg_get_function_arguments(p.oid),
    'returns', pg_get_function_result(p.oid),
    'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
    'definer', nullif(p.prosecdef, false),
    'owner', p.proowner::regrole::text,
    'may be called by', (
      select jsonb_agg(g.grantee::regrole::text order by g.grantee::regrole::text)
      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner),
    'body', md5(coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid), ''))))
  from pg_proc p join spaces s on s.oid = p.pronamespace
  where p.prokind in ('f', 'a')
)
select key, value from entries order by key collate "C"
