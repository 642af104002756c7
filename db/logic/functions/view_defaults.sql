-- An insert of several rows through a view, where some rows leave a column out: PostgREST then asks the view for the
-- column's default, not the table behind it. So views show the defaults of the columns that may be inserted.

create or replace function private.copy_column_defaults()
returns void
language plpgsql
set search_path = ''
as $$
declare
  statement text;
begin
  for statement in
    select format('alter view api_v1.%I alter column %I set default %s', v.relname, va.attname, wanted.expression)
    from private.governed_tables g
    join pg_catalog.pg_class t on t.oid = format('lab.%I', g.table_name)::regclass
    join pg_catalog.pg_class v on v.relnamespace = 'api_v1'::regnamespace and v.relname = t.relname and v.relkind = 'v'
    join pg_catalog.pg_attribute ta on ta.attrelid = t.oid and ta.attnum > 0 and has_column_privilege('member', t.oid, ta.attnum, 'insert')
    join pg_catalog.pg_attribute va on va.attrelid = v.oid and va.attname = ta.attname
    join pg_catalog.pg_attrdef td on td.adrelid = t.oid and td.adnum = ta.attnum
    cross join lateral (select pg_catalog.pg_get_expr(td.adbin, td.adrelid) as expression) wanted
    left join pg_catalog.pg_attrdef vd on vd.adrelid = v.oid and vd.adnum = va.attnum
    where g.insert_roles <> '{}' and wanted.expression is distinct from pg_catalog.pg_get_expr(vd.adbin, vd.adrelid)
  loop
    execute statement;
  end loop;
end $$;
