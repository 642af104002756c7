-- Which columns are asked for: names from a person, columns from the catalogue.

create or replace function arrow.find_columns(relation text, names text[])
returns arrow.columns[]
language plpgsql stable
set search_path = ''
as $$
declare
  all_columns constant arrow.columns[] := array(select c from arrow.columns c where c.relation = find_columns.relation order by c.ordinal);
begin
  if all_columns = '{}' then
    perform private.refuse('PL051', array[coalesce(relation, '')], array[(select string_agg(distinct c.relation, ', ') from arrow.columns c)]);
  elsif names is null then
    return all_columns;
  elsif names = '{}' or cardinality(names) <> (select count(distinct n) from unnest(names) n) then
    perform private.refuse('PL055', array[format('{%s} is no choice of columns.', array_to_string(names, ','))], array['one or more names, each once']);
  end if;
  perform arrow.demand_column(all_columns, n) from unnest(names) n;
  return array(select c from unnest(all_columns) c where c.name = any (names) order by array_position(names, c.name));
end $$;

create or replace function arrow.demand_column(columns arrow.columns[], name text)
returns arrow.columns
language plpgsql stable
set search_path = ''
as $$
declare
  found arrow.columns;
begin
  select c.* into found from unnest(columns) c where c.name = demand_column.name;
  if found.name is null then
    perform private.refuse('PL052', array[columns[1].relation, coalesce(name, '')], array[(select string_agg(c.name, ', ' order by c.ordinal) from unnest(columns) c)]);
  end if;
  return found;
end $$;

-- A GET names columns in a header: `select` fails where the whole row is aggregated, and `columns` is PostgREST's own.
create or replace function arrow.columns_of_header()
returns text[]
language sql stable
set search_path = ''
as $$
  select regexp_split_to_array(nullif(btrim(nullif(current_setting('request.headers', true), '')::json ->> 'x-petri-columns'), ''), '\s*,\s*')
$$;

-- The columns of a choice, in its order.
create or replace function arrow.each(columns arrow.columns[])
returns table (c arrow.columns, place integer)
language sql immutable
set search_path = ''
as $$
  select columns[i], i from generate_subscripts(columns, 1) i
$$;

create or replace function arrow.name_list(columns arrow.columns[])
returns text
language sql immutable
set search_path = ''
as $$
  select string_agg(format('%I', (e.c).name), ', ' order by e.place) from arrow.each(columns) e
$$;

grant execute on all functions in schema arrow to member;
