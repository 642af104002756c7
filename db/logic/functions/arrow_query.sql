-- The query behind a bulk page. Names come from the catalogue and are quoted, values are checked against their type and quoted:
-- nothing a person sends is ever read as SQL.

-- Keys that could be null, or repeat, would lose rows between two pages.
create or replace function arrow.demand_keyset(keys arrow.columns[], after text[])
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (select from unnest(keys) k where k.nullable) or keys[cardinality(keys)].name <> 'id' then
    perform private.refuse('PL055', array[format('Pages cannot follow the order %s.', arrow.name_list(keys))], array['columns that are never null, the last of them id']);
  elsif cardinality(after) <> cardinality(keys) then
    perform private.refuse('PL055', array[format('"after" has %s values for %s keys.', cardinality(after), cardinality(keys))], array['one value for each column of order_by']);
  end if;
end $$;

create or replace function arrow.plan_after(keys arrow.columns[], after text[])
returns text
language sql stable
set search_path = ''
as $$
  select format('(%s) > (%s)', arrow.name_list(keys), string_agg(arrow.literal(e.c, after[e.place]), ', ' order by e.place))
  from arrow.each(keys) e
  where after is not null
  having count(*) > 0
$$;

create or replace function arrow.plan_filters(columns arrow.columns[], filters jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  list constant jsonb := case when jsonb_typeof(filters) = 'string' then arrow.parse_filters(filters #>> '{}') else filters end; -- as a GET sends it
  conditions text;
begin
  if jsonb_typeof(list) is distinct from 'array' then
    perform private.refuse('PL055', array['"filters" is not a list.'], array['[["column", "operator", "value"], …]']);
  end if;
  select string_agg(arrow.plan_filter(columns, f.filter), ' and ' order by f.place) into conditions
  from jsonb_array_elements(list) with ordinality f (filter, place);
  return conditions;
end $$;

create or replace function arrow.parse_filters(written text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return case when pg_input_is_valid(written, 'jsonb') then written end;
end $$;

create or replace function arrow.plan_filter(columns arrow.columns[], filter jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  operators constant jsonb := '{"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}';
  operator constant text := filter ->> 1;
  c arrow.columns;
begin
  if jsonb_typeof(filter) is distinct from 'array' or jsonb_array_length(filter) <> 3 then
    perform private.refuse('PL055', array[format('%s is no filter.', filter)], array['["column", "operator", "value"]']);
  end if;
  c := arrow.demand_column(columns, filter ->> 0);
  if operator = 'is' then
    return format('%I is %s', c.name, arrow.truth(c, filter ->> 2));
  elsif operator = 'in' then
    return format('%I = any (array[%s]::%s[])', c.name, arrow.literals(c, filter -> 2), c.pg_type);
  elsif operators ? operator then
    return format('%I %s %s', c.name, operators ->> operator, arrow.literal(c, filter ->> 2));
  end if;
  perform private.refuse('PL053', array[coalesce(operator, 'null')], array['eq, neq, gt, gte, lt, lte, in, is']);
end $$;

create or replace function arrow.truth(c arrow.columns, value text)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  word constant text := lower(coalesce(value, 'null'));
begin
  if word not in ('null', 'not_null') and (c.kind <> 'bool' or word not in ('true', 'false')) then
    perform private.refuse('PL054', array[value, c.name], array[case c.kind when 'bool' then 'null, not_null, true or false' else 'null or not_null' end]);
  end if;
  return replace(word, '_', ' ');
end $$;

create or replace function arrow.literal(c arrow.columns, value text)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  -- `|| ''`: pg_input_is_valid keeps the first type it saw for as long as its argument is a plain parameter.
  if value is null or not pg_input_is_valid(value, c.pg_type || '') then
    perform private.refuse('PL054', array[coalesce(value, 'null'), c.name], array[c.pg_type]);
  end if;
  return format('%L::%s', value, c.pg_type);
end $$;

-- Spelled out each time: within one expression of PL/pgSQL, pg_input_is_valid remembers the type of its first call.
create or replace function arrow.is_written_like(value text, pg_type text)
returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  answer boolean;
begin
  execute format('select pg_input_is_valid($1, %L)', pg_type) into answer using value;
  return answer;
end $$;

-- `in` takes a JSON list, or PostgreSQL's own writing of one: {a,b}.
create or replace function arrow.literals(c arrow.columns, list jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  items text[];
begin
  if jsonb_typeof(list) = 'array' then
    items := array(select jsonb_array_elements_text(list));
  elsif pg_input_is_valid(list #>> '{}', 'text[]') then
    items := (list #>> '{}')::text[];
  else
    perform private.refuse('PL054', array[coalesce(list #>> '{}', 'null'), c.name], array[format('{%1$s,…} or a list of %1$s', c.pg_type)]);
  end if;
  return coalesce((select string_agg(arrow.literal(c, i), ', ') from unnest(items) i), '');
end $$;

grant execute on all functions in schema arrow to member;
