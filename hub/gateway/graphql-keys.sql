-- What the views of api_v1 inherit from the table whose name they bear: keys, references and "not null".
-- A view's rule records the origin of each column; its last mention is that of the outermost select.
with origins as (
  select distinct on (v.oid, a.attnum)
    v.oid as view_id, v.relname as view, a.attname as column, t.oid as table_id, m.found[4]::int2 as attnum
  from pg_class v
  join pg_rewrite r on r.ev_class = v.oid
  cross join lateral regexp_matches(
    r.ev_action::text,
    ':resno (\d+) :resname (\S+) :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+)', 'g'
  ) with ordinality as m (found, place)
  join pg_attribute a on a.attrelid = v.oid and a.attnum = m.found[1]::int2 and a.attname = m.found[2]
  join pg_class t on t.oid = m.found[3]::oid and t.relname = v.relname
  where v.relnamespace = 'api_v1'::regnamespace and v.relkind = 'v'
  order by v.oid, a.attnum, m.place desc
),
keys as (
  select o.view, c.conname as name, c.contype = 'p' as is_primary, array_agg(o.column::text order by k.place) as columns
  from pg_constraint c
  cross join lateral unnest(c.conkey) with ordinality as k (attnum, place)
  join origins o on o.table_id = c.conrelid and o.attnum = k.attnum
  where c.contype in ('p', 'u')
  group by o.view, c.conname, c.contype, c.conkey
  having count(*) = cardinality(c.conkey)
),
refs as (
  select o.view, c.conname as name, f.view as target, array_agg(o.column::text order by k.place) as columns,
    array_agg(f.column::text order by k.place) as target_columns,
    array(select a.attname::text from pg_attribute a where a.attrelid = o.view_id and a.attnum > 0) as taken
  from pg_constraint c
  cross join lateral unnest(c.conkey, c.confkey) with ordinality as k (attnum, target_attnum, place)
  join origins o on o.table_id = c.conrelid and o.attnum = k.attnum
  join origins f on f.table_id = c.confrelid and f.attnum = k.target_attnum
  where c.contype = 'f'
  group by o.view_id, o.view, c.conname, f.view, c.conkey
  having count(*) = cardinality(c.conkey)
)
select
  coalesce((select json_agg(k order by k.view, not k.is_primary, k.name) from keys k), '[]') as keys,
  coalesce((select json_agg(r order by r.view, r.name) from refs r), '[]') as refs,
  coalesce((
    select json_agg(json_build_object('view', o.view, 'column', o.column, 'has_default', a.atthasdef) order by o.view, o.column)
    from origins o
    join pg_attribute a on a.attrelid = o.table_id and a.attnum = o.attnum and a.attnotnull
  ), '[]') as required,
  array(
    select p.proname::text
    from pg_proc p join pg_type t on t.oid = p.prorettype
    where p.pronamespace = 'api_v1'::regnamespace and t.typname ~ '/'
    order by p.proname
  ) as media_functions
