-- The catalogue of columns and the handler of each view, made from the views themselves at the end of each rebuild.

create or replace function arrow.refresh_all()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from arrow.columns;
  insert into arrow.columns (relation, name, ordinal, pg_type, kind, nullable, dictionary, field)
  select d.relation, d.name, d.ordinal, d.pg_type, d.kind, d.nullable, d.dictionary,
    arrow.field(d.name, d.kind, d.nullable, case when d.dictionary is not null then d.ordinal end, d.metadata)
  from arrow.describe_columns() d;
  perform arrow.make_handler(v.relname)
  from pg_catalog.pg_class v
  where v.relnamespace = 'api_v1'::regnamespace and v.relkind = 'v';
end $$;

create or replace function arrow.describe_columns()
returns table (relation text, name text, ordinal integer, pg_type text, kind text, nullable boolean, dictionary text, metadata jsonb)
language sql stable
set search_path = ''
as $$
  with origins as materialized (select * from arrow.column_origins())
  select v.relname, a.attname, a.attnum, d.pg_type, arrow.kind_of(a.atttypid), coalesce(o.nullable, true),
    case when a.atttypid = 'text'::regtype then coalesce(arrow.dictionary_of(o.table_oid, o.table_attnum), case when o.table_oid <> i.table_oid then 'page' end) end,
    arrow.unit_of(d.comment, array(select c.attname::text from pg_catalog.pg_attribute c where c.attrelid = v.oid))
      || jsonb_strip_nulls(jsonb_build_object('comment', d.comment, 'pg_type', d.pg_type))
  from pg_catalog.pg_class v
  join pg_catalog.pg_attribute a on a.attrelid = v.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attribute id on id.attrelid = v.oid and id.attname = 'id'
  left join origins o on o.view_oid = v.oid and o.attnum = a.attnum
  left join origins i on i.view_oid = v.oid and i.attnum = id.attnum
  cross join lateral (select format_type(a.atttypid, a.atttypmod) as pg_type, col_description(v.oid, a.attnum) as comment) d
  where v.relnamespace = 'api_v1'::regnamespace and v.relkind = 'v'
$$;

create or replace function arrow.kind_of(type regtype)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when t.typcategory = 'A' then 'array'
    when t.typname in ('int2', 'int4', 'int8', 'float4', 'float8', 'bool', 'date', 'timestamptz', 'uuid') then t.typname
    when t.typname in ('json', 'jsonb') then 'json'
    else 'text'
  end
  from pg_catalog.pg_type t
  where t.oid = type
$$;

-- Which table's column a view shows unchanged, and whether it can be null there. PostgreSQL keeps this only in the view's parse tree:
-- the origin of each target, and the outer joins that may null it. Views with sub-queries or unions are left out, hence nullable.
create or replace function arrow.column_origins()
returns table (view_oid oid, attnum integer, table_oid oid, table_attnum integer, nullable boolean)
language sql stable
set search_path = ''
as $$
  select v.oid, t.part[2]::integer, a.attrelid, a.attnum, not a.attnotnull or t.part[1] !~ ':varnullingrels \(b\)'
  from (
    select c.oid, r.ev_action::text as tree
    from pg_catalog.pg_rewrite r
    join pg_catalog.pg_class c on c.oid = r.ev_class
    where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v'
    offset 0) v -- the tree is written out once
  cross join lateral string_to_table(v.tree, '{TARGETENTRY :expr {VAR ') target
  cross join lateral regexp_match(target,
    '^([^{}]*)\} :resno (\d+) :resname \S+ :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+) :resjunk false\}') t (part)
  join pg_catalog.pg_attribute a on a.attrelid = t.part[3]::oid and a.attnum = t.part[4]::integer
  where v.tree not like '%{QUERY %{QUERY %'
$$;

-- Texts with few values become dictionaries: codes of a vocabulary table (a foreign key to its code), texts that a check confines to a
-- list, and above, texts of a joined table, for they repeat.
create or replace function arrow.dictionary_of(table_oid oid, table_attnum integer)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    (select k.confrelid::regclass::text
     from pg_catalog.pg_constraint k
     join pg_catalog.pg_attribute code on code.attrelid = k.confrelid and code.attnum = k.confkey[2] and code.attname = 'code'
     where k.contype = 'f' and k.conrelid = table_oid and k.conkey[2] = table_attnum and cardinality(k.conkey) = 2),
    (select 'page'
     from pg_catalog.pg_constraint k
     where k.contype = 'c' and k.conrelid = table_oid and k.conkey = array[table_attnum]::smallint[]
       and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%'
     limit 1))
$$;

-- A comment gives a unit in brackets: [bytes], or the column that holds it: [in amount_unit].
create or replace function arrow.unit_of(comment text, columns text[])
returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when m.part is null then '{}'
    when m.part[1] = 'in ' and m.part[2] = any (columns) then jsonb_build_object('unit_column', m.part[2])
    else jsonb_build_object('unit', concat(m.part[1], m.part[2]))
  end
  from (select regexp_match(comment, '\[(in )?([^\]]+)\]') as part) m
$$;

-- The aggregate by which PostgREST answers a GET of this view. Its steps are a built-in, which keeps it linear.
create or replace function arrow.make_handler(relation text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  handler constant text := format('api_v1.%I', 'arrow_' || relation);
begin
  if to_regprocedure(format('%s(api_v1.%I)', handler, relation)) is null then
    execute format('create aggregate %1$s(api_v1.%2$I) (sfunc = array_append, stype = api_v1.%2$I[], finalfunc = arrow.write_rows)', handler, relation);
    execute format('grant execute on function %s(api_v1.%I) to member', handler, relation);
    execute format('comment on aggregate %s(api_v1.%I) is %L', handler, relation, 'Rows of ' || relation || ' as an Arrow IPC stream.');
  end if;
end $$;
