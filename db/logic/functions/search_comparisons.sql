-- One comparison of one field as SQL; {a} stands for the row. Each value is checked in words before it is quoted.

create or replace function private.compare_sql(field private.search_fields, op text, condition jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if op = 'is_empty' then
    return format('coalesce(%s::text, '''') = ''''', field.sql);
  elsif op = 'is_not_empty' then
    return format('coalesce(%s::text, '''') <> ''''', field.sql);
  elsif field.type = 'number' then
    return private.compare_number_sql(field, op, condition);
  elsif field.type = 'moment' then
    return private.compare_moment_sql(field, op, private.search_values(field, op, condition));
  elsif field.type = 'boolean' then
    return format('%s %s %L::boolean', field.sql, case op when 'eq' then '=' else 'is distinct from' end,
      (private.search_values(field, op, condition))[1]);
  end if;
  return private.compare_text_sql(field, op, private.search_values(field, op, condition));
end $$;

-- The values of a condition as text: one, two for between, up to 500 for in.
create or replace function private.search_values(field private.search_fields, op text, condition jsonb)
returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  value constant jsonb := condition -> 'value';
  list constant jsonb := case when op in ('in', 'between') then value else jsonb_build_array(value) end;
  wrong text;
begin
  if jsonb_typeof(list) is distinct from 'array'
    or op = 'between' and jsonb_array_length(list) <> 2 or jsonb_array_length(list) not between 1 and 500 then
    perform private.refuse('PL184', array[coalesce(left(value::text, 60), 'null'), field.field],
      array[case op when 'between' then 'a list of two values' else 'a list of 1 to 500 values' end]);
  end if;
  select coalesce(v #>> '{}', 'null') into wrong from jsonb_array_elements(list) v where not private.fits_field(field, v) limit 1;
  if found then
    perform private.refuse('PL184', array[left(wrong, 60), field.field], array[private.expected_of(field)]);
  end if;
  return array(select v #>> '{}' from jsonb_array_elements(list) v);
end $$;

create or replace function private.fits_field(field private.search_fields, value jsonb)
returns boolean
language sql stable
set search_path = ''
as $$
  select case
    when field.choices is not null then jsonb_typeof(value) = 'string' and value #>> '{}' = any (field.choices)
    when field.type = 'number' then value #>> '{}' ~ '^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$' and pg_input_is_valid(value #>> '{}', 'float8')
    when field.type = 'moment' then private.moment_range(value #>> '{}') is not null
    when field.type = 'boolean' then value in ('true', 'false')
    else jsonb_typeof(value) = 'string' and length(value #>> '{}') between 1 and 1000
  end
$$;

create or replace function private.expected_of(field private.search_fields)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when field.choices is not null then 'one of: ' || array_to_string(field.choices, ', ')
    when field.type = 'number' then 'a number such as 1.5'
    when field.type = 'moment' then 'a date such as 2026-03-01, a month such as 2026-03, a year, or a time such as 2026-03-01T14:30:00Z'
    when field.type = 'boolean' then 'true or false'
    else 'a text'
  end
$$;

create or replace function private.compare_text_sql(field private.search_fields, op text, given text[])
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  texts constant text[] := case field.type when 'code' then array(select upper(btrim(v)) from unnest(given) v) else given end;
begin
  if op = 'contains' and private.search_terms(texts[1]) = '{}' then
    perform private.refuse('PL184', array[texts[1], field.field], array['words of letters or digits']);
  end if;
  return case op
    when 'eq' then format('%s = %L', field.sql, texts[1])
    when 'ne' then format('%s is distinct from %L', field.sql, texts[1])
    when 'in' then format('%s = any (%L::text[])', field.sql, texts)
    when 'contains' then format('to_tsvector(''private.words'', %s) @@ %L::tsquery', private.parted_sql(field.sql), private.search_query(private.search_terms(texts[1])))
    when 'prefix' then case field.type
      when 'code' then format('(%1$s >= %2$L and %1$s < %3$L and starts_with(%1$s, %2$L))', field.sql, texts[1], texts[1] || chr(1114111))
      else format('starts_with(lower(%s), %L)', field.sql, lower(texts[1])) end
  end;
end $$;

create or replace function private.compare_number_sql(field private.search_fields, op text, condition jsonb)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce('(' || string_agg(a, ' or ') || ')', 'false') from private.number_arms(field, op, condition) a
$$;

-- Values convert into each unit that the lab uses: 5 mg/L is also 0.005 g/L; one comparison for each. Fields of sample types are
-- kept in base units.
create or replace function private.number_arms(field private.search_fields, op text, condition jsonb)
returns setof text
language plpgsql stable
set search_path = ''
as $$
declare
  numbers constant float8[] := private.search_values(field, op, condition)::float8[];
  given constant text := coalesce(condition ->> 'unit', case when field.unit = '1' then '1' end);
begin
  if given is null then
    perform private.refuse('PL185', array[field.field], array[coalesce(field.unit, 'mg/L')]);
  elsif field.field like 'fields.%' then
    perform private.demand_same_dimension(given, field.unit);
    return next format('({a}.dimension = %L and %s)', private.dimension_of(given),
      private.number_sql(field, op, array(select private.to_base(n, given) from unnest(numbers) n)));
  elsif field.unit is not null then
    return next private.number_sql(field, op, array(select private.convert_unit(n, given, field.unit) from unnest(numbers) n));
  else
    return query
      select format('(%s = %L and %s)', field.unit_sql, u.code,
        private.number_sql(field, op, array(select private.convert_unit(n, given, u.code) from unnest(numbers) n)))
      from (select distinct l.code from lab.units l) u
      where private.try_dimension_of(u.code) = private.dimension_of(given);
  end if;
end $$;

create or replace function private.number_sql(field private.search_fields, op text, numbers float8[])
returns text
language sql immutable
set search_path = ''
as $$
  select case op
    when 'between' then format('%s between %L::float8 and %L::float8', field.sql, numbers[1], numbers[2])
    when 'in' then format('%s = any (%L::float8[])', field.sql, numbers)
    else format('%s %s %L::float8', field.sql,
      case op when 'eq' then '=' when 'ne' then 'is distinct from' when 'lt' then '<' when 'lte' then '<=' when 'gt' then '>' else '>=' end, numbers[1])
  end || case
    -- "<10" is not known to be above 5, nor to be 10; ">10" is.
    when field.entity = 'measurement' and field.field = 'value' then case
      when op in ('gt', 'gte') then ' and coalesce({a}.qualifier, ''>'') in (''>'', ''overflow'')'
      when op in ('lt', 'lte') then ' and coalesce({a}.qualifier, ''<'') = ''<'''
      else ' and {a}.qualifier is null' end
    else '' end
$$;

-- A day is asked as a whole: after 2026-03-01 begins with the 2nd, up to 2026-03 ends with the 31st [UTC].
create or replace function private.compare_moment_sql(field private.search_fields, op text, given text[])
returns text
language sql stable
set search_path = ''
as $$
  select case op
    when 'lt' then format('%s < %L::timestamptz', field.sql, lower(r.first))
    when 'lte' then format('%s < %L::timestamptz', field.sql, upper(r.first))
    when 'gt' then format('%s >= %L::timestamptz', field.sql, upper(r.first))
    when 'gte' then format('%s >= %L::timestamptz', field.sql, lower(r.first))
    else format('(%1$s >= %2$L::timestamptz and %1$s < %3$L::timestamptz)', field.sql, lower(r.first), upper(r.last))
  end
  from (select private.moment_range(given[1]) as first, private.moment_range(given[cardinality(given)]) as last) r
$$;

-- The year, month, day or instant that a text names; null where it names none.
create or replace function private.moment_range(written text)
returns tstzrange
language plpgsql stable
set search_path = '' set timezone = 'UTC' set datestyle = 'ISO, YMD'
as $$
declare
  step constant interval := case
    when written ~ '^\d{4}$' then '1 year'
    when written ~ '^\d{4}-\d\d$' then '1 month'
    when written ~ '^\d{4}-\d\d-\d\d$' then '1 day'
    when written ~ '^\d{4}-\d\d-\d\d[T ]\d\d:\d\d' then '1 microsecond' end;
  begins constant text := written || case when written ~ '^\d{4}$' then '-01-01' when written ~ '^\d{4}-\d\d$' then '-01' else '' end;
begin
  if step is null then
    return null;
  end if;
  return tstzrange(begins::timestamptz, begins::timestamptz + step);
exception when invalid_datetime_format or datetime_field_overflow then
  return null;
end $$;

grant execute on function
  private.compare_sql(private.search_fields, text, jsonb), private.search_values(private.search_fields, text, jsonb),
  private.fits_field(private.search_fields, jsonb), private.expected_of(private.search_fields),
  private.compare_text_sql(private.search_fields, text, text[]), private.compare_number_sql(private.search_fields, text, jsonb),
  private.number_arms(private.search_fields, text, jsonb),
  private.number_sql(private.search_fields, text, float8[]), private.compare_moment_sql(private.search_fields, text, text[]),
  private.moment_range(text), private.parted_sql(text)
  to member;
