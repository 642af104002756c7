-- owner: law
-- The one expression language: JSON, checked for types and dimensions before it is approved, evaluated here.
-- Grammar: docs/reference/expressions.md. A number is a JSON number, or {"value", "dimension"} in base units of its dimension.

create or replace function private.evaluate(expression jsonb, scope jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  operator text;
  args jsonb;
  values jsonb[] := '{}';
begin
  if jsonb_typeof(expression) <> 'object' then
    return nullif(expression, 'null');
  elsif expression ? 'field' then
    return private.term_of(scope -> (expression ->> 'field'));
  elsif expression ? 'value' then
    return private.term_of(expression);
  elsif expression ? 'date' then
    return expression -> 'date';
  end if;
  select k into operator from jsonb_object_keys(expression) k;
  args := expression -> operator;
  if operator = 'if' then
    return private.evaluate(args -> case when private.evaluate(args -> 0, scope) = 'true' then 1 else 2 end, scope);
  end if;
  for i in 0..jsonb_array_length(args) - 1 loop
    values[i + 1] := private.evaluate(args -> i, scope);
  end loop;
  return private.apply_operator(operator, values);
end $$;
grant execute on function private.evaluate(jsonb, jsonb) to member, worker, migrator;

-- A value of a record as a term: {"value", "unit"} becomes base units; what was not obtained is nothing.
create or replace function private.term_of(value jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  unit private.known_units;
begin
  if jsonb_typeof(value) <> 'object' then
    return nullif(value, 'null');
  elsif jsonb_typeof(value -> 'value') <> 'number' then
    return nullif(value -> 'value', 'null');
  end if;
  unit := private.read_unit(coalesce(value ->> 'unit', '1'));
  return private.number_term(((value ->> 'value')::numeric + unit.shift) * unit.factor, unit.dimension);
end $$;
grant execute on function private.term_of(jsonb) to member, worker, migrator;

create or replace function private.number_term(number numeric, dimension text)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select case when number is null then null when dimension = '1' then to_jsonb(trim_scale(number)) else jsonb_build_object('value', trim_scale(number), 'dimension', dimension) end
$$;

create or replace function private.number_of(term jsonb)
returns numeric
language sql immutable
set search_path = ''
as $$
  select case jsonb_typeof(term) when 'number' then term::numeric when 'object' then (term ->> 'value')::numeric end
$$;

create or replace function private.apply_operator(operator text, terms jsonb[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  a constant jsonb := terms[1];
  b constant jsonb := terms[2];
begin
  case operator
    when 'and' then return case when 'false'::jsonb = any (terms) then 'false' when array_position(terms, null) is null then 'true' end;
    when 'or' then return case when 'true'::jsonb = any (terms) then 'true' when array_position(terms, null) is null then 'false' end;
    when 'is_empty' then return to_jsonb(a is null or a = '""');
    when 'coalesce' then return (select t from unnest(terms) with ordinality u (t, n) where t is not null order by n limit 1);
    else null;
  end case;
  if array_position(terms, null) is not null then
    return null;
  end if;
  case operator
    when 'not' then return to_jsonb(a = 'false');
    when 'in' then return to_jsonb((select bool_or(private.compare_terms(a, t) = 0) from unnest(terms[2:]) t));
    when '=', '<>', '<', '<=', '>', '>=' then
      return to_jsonb(case operator when '=' then private.compare_terms(a, b) = 0 when '<>' then private.compare_terms(a, b) <> 0
        when '<' then private.compare_terms(a, b) < 0 when '<=' then private.compare_terms(a, b) <= 0
        when '>' then private.compare_terms(a, b) > 0 else private.compare_terms(a, b) >= 0 end);
    when 'concat' then return to_jsonb((select string_agg(t #>> '{}', '' order by n) from unnest(terms) with ordinality u (t, n)));
    when 'days_between' then return private.number_term(((b #>> '{}')::date - (a #>> '{}')::date) * 86400, 'T');
    else return private.calculate(operator, terms);
  end case;
end $$;

-- -1, 0 or 1. Numbers of different dimensions cannot be compared.
create or replace function private.compare_terms(a jsonb, b jsonb)
returns integer
language plpgsql stable
set search_path = ''
as $$
begin
  if jsonb_typeof(a) in ('number', 'object') then
    if coalesce(a ->> 'dimension', '1') <> coalesce(b ->> 'dimension', '1') then
      perform private.refuse('PL121', array[coalesce(a ->> 'dimension', '1'), coalesce(b ->> 'dimension', '1')], array[coalesce(a ->> 'dimension', '1')]);
    end if;
    return sign(private.number_of(a) - private.number_of(b));
  end if;
  return case when a = b then 0 when (a #>> '{}') collate "C" < (b #>> '{}') collate "C" then -1 else 1 end;
end $$;

-- Arithmetic in decimals. What has no value (a division by zero, a logarithm of nothing) is nothing.
create or replace function private.calculate(operator text, terms jsonb[])
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  a constant numeric := private.number_of(terms[1]);
  b constant numeric := private.number_of(terms[2]);
  dimension constant text := coalesce(terms[1] ->> 'dimension', '1');
  unit private.known_units;
  answer numeric := a;
begin
  case operator
    when '+' then return private.number_term((select sum(private.number_of(t)) from unnest(terms) t), dimension);
    when '-' then return private.number_term(a - b, dimension);
    when 'min' then return private.number_term((select min(private.number_of(t)) from unnest(terms) t), dimension);
    when 'max' then return private.number_term((select max(private.number_of(t)) from unnest(terms) t), dimension);
    when 'abs' then return private.number_term(abs(a), dimension);
    when '*' then return private.number_term(a * b, private.multiply_dimension_v1(dimension, coalesce(terms[2] ->> 'dimension', '1'), 1));
    when '/' then return private.number_term(a * 1::numeric(45, 40) / nullif(b, 0), private.multiply_dimension_v1(dimension, coalesce(terms[2] ->> 'dimension', '1'), -1));
    when 'power' then return private.number_term(case when a <> 0 or b > 0 then a ^ b end, private.multiply_dimension_v1('1', dimension, b::integer));
    when 'log10' then return to_jsonb(case when a > 0 then log(a) end);
    when 'ln' then return to_jsonb(case when a > 0 then ln(a) end);
    when 'exp' then return to_jsonb(case when abs(a) < 700 then exp(a) end);
    when 'number_in' then
      unit := private.read_unit(terms[2] #>> '{}');
      return to_jsonb(trim_scale(round(a * 1::numeric(45, 40) / unit.factor - unit.shift, 30)));
    when 'round' then
      unit := private.read_unit(coalesce(terms[3] #>> '{}', '1'));
      answer := private.round_half_even(a * 1::numeric(45, 40) / unit.factor - unit.shift, b::integer);
      return private.number_term((answer + unit.shift) * unit.factor, dimension);
  end case;
end $$;

-- Half goes to the even neighbour (2.5 to 2, 3.5 to 4), so that many roundings do not drift.
create or replace function private.round_half_even(number numeric, digits integer)
returns numeric
language sql immutable
set search_path = ''
as $$
  select case
    when abs(s.scaled - trunc(s.scaled)) = 0.5 then 2 * round(s.scaled / 2) * 10::numeric ^ -digits
    else round(number, digits)
  end
  from (select number * 10::numeric ^ digits as scaled) s
$$;
grant execute on function private.round_half_even(numeric, integer) to law, member, worker, migrator;

-- A term as a number in a unit; null for what is no number of its dimension.
create or replace function private.number_in(term jsonb, unit_code text)
returns float8
language sql stable security definer
set search_path = ''
as $$
  select (private.number_of(term) * 1::numeric(45, 40) / u.factor - u.shift)::float8
  from private.read_unit(unit_code) u
  where u.dimension = coalesce(term ->> 'dimension', '1') and abs(private.number_of(term) / u.factor) < 1.7e308
$$;
grant execute on function private.number_in(jsonb, text) to member, worker, migrator;

-- The type of an expression: 'number <dimension>', text, boolean, date, link or nothing. What is wrong with it begins with '!'.
-- `types` gives the type of each field.
create or replace function private.type_of_expression(expression jsonb, types jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  operator text;
  args jsonb;
  arg_types text[] := '{}';
begin
  if jsonb_typeof(expression) <> 'object' then
    return case jsonb_typeof(expression) when 'number' then 'number 1' when 'string' then 'text' when 'boolean' then 'boolean' when 'null' then 'nothing'
      else '!a list stands where an expression is expected' end;
  elsif expression ? 'field' then
    return coalesce(types ->> (expression ->> 'field'), format('!it looks at "%s", which is no field above it', expression ->> 'field'));
  elsif expression ? 'value' then
    return case when jsonb_typeof(expression -> 'value') <> 'number' or expression - '{value,unit}'::text[] <> '{}' then '!a quantity is {"value": number, "unit": code}'
      else coalesce('number ' || private.try_dimension_of(coalesce(expression ->> 'unit', '1')), format('!"%s" is no unit', expression ->> 'unit')) end;
  elsif expression ? 'date' then
    return case when expression ->> 'date' ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(expression ->> 'date', 'date') then 'date' else '!a date is written like 2026-03-31' end;
  end if;
  select min(k), expression -> min(k) into operator, args from jsonb_object_keys(expression) k having count(*) = 1;
  if operator is null or jsonb_typeof(args) <> 'array' or jsonb_array_length(args) not between 1 and 100 then
    return '!an operation is {"operator": [operands]}';
  end if;
  for i in 0..jsonb_array_length(args) - 1 loop
    arg_types[i + 1] := private.type_of_expression(args -> i, types);
    if arg_types[i + 1] like '!%' then
      return arg_types[i + 1];
    end if;
  end loop;
  return coalesce(private.type_of_operation(operator, arg_types, args), format('!"%s" cannot be asked of %s', operator,
    (select string_agg(private.words_of_type(t), ' and ' order by n) from unnest(arg_types) with ordinality u (t, n))));
end $$;
grant execute on function private.type_of_expression(jsonb, jsonb) to member, worker, migrator;

-- Null where the operator is unknown or does not take such operands.
create or replace function private.type_of_operation(operator text, types text[], args jsonb)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  n constant integer := cardinality(types);
  given constant text[] := array_remove(types, 'nothing');
  one constant text := coalesce(given[1], 'nothing');
  alike constant boolean := (select coalesce(bool_and(t = one), true) from unnest(given) t);
  a constant text := substring(types[1] from '^number (.*)$');
  b constant text := substring(types[2] from '^number (.*)$');
  digits constant boolean := (args -> 1) #>> '{}' ~ '^-?\d{1,2}$' and jsonb_typeof(args -> 1) = 'number';
begin
  return case
    when operator in ('and', 'or') or (operator = 'not' and n = 1) then case when one = 'boolean' and alike then 'boolean' end
    when operator = 'is_empty' and n = 1 then 'boolean'
    when operator in ('=', '<>') and n = 2 or operator = 'in' and n >= 2 then case when alike then 'boolean' end
    when operator in ('<', '<=', '>', '>=') and n = 2 then case when alike and one not in ('boolean', 'link') then 'boolean' end
    when operator = 'if' and n = 3 and types[1] = 'boolean' then case
      when types[2] = types[3] or types[3] = 'nothing' then types[2] when types[2] = 'nothing' then types[3] end
    when operator = 'coalesce' then case when alike then one end
    when operator in ('min', 'max') or operator = '+' and n >= 2 or operator = '-' and n = 2 or operator = 'abs' and n = 1 then case when alike and one like 'number %' then one end
    when operator = '*' and n = 2 then 'number ' || private.multiply_dimension_v1(a, b, 1)
    when operator = '/' and n = 2 then 'number ' || private.multiply_dimension_v1(a, b, -1)
    when operator = 'power' and n = 2 and digits then 'number ' || private.multiply_dimension_v1('1', a, ((args -> 1) #>> '{}')::integer)
    when operator in ('log10', 'ln', 'exp') and n = 1 then case when a = '1' then 'number 1' end
    when operator = 'number_in' and n = 2 and types[2] = 'text' then case when a = private.try_dimension_of((args -> 1) #>> '{}') then 'number 1' end
    when operator = 'round' and n in (2, 3) and digits then case when a = private.try_dimension_of(coalesce((args -> 2) #>> '{}', '1')) then types[1] end
    when operator = 'concat' then case when one = 'text' and alike then 'text' end
    when operator = 'days_between' and n = 2 then case when one = 'date' and alike then 'number T' end
  end;
end $$;

create or replace function private.words_of_type(type text)
returns text
language sql immutable
set search_path = ''
as $$
  select case when type = 'number 1' then 'a number' when type like 'number %' then 'a quantity of ' || substr(type, 8)
    when type = 'nothing' then 'nothing' else 'a ' || type end
$$;

-- What is wrong with the condition or computed value of the n-th field: it may look at the fields above it only.
create or replace function private.field_expression_problem(fields jsonb, n integer)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when p.condition like '!%' then format('the condition of field "%s": %s', p.field ->> 'key', substr(p.condition, 2))
    when p.condition <> 'boolean' then format('the condition of field "%s" is not true or false but %s', p.field ->> 'key', private.words_of_type(p.condition))
    when p.computed like '!%' then format('the computed value of field "%s": %s', p.field ->> 'key', substr(p.computed, 2))
    when p.computed <> private.type_of_field(p.field) then format('the computed value of field "%s" is %s; expected %s', p.field ->> 'key',
      private.words_of_type(p.computed), private.words_of_type(private.type_of_field(p.field)))
  end
  from (
    select f.field, case when f.field -> 'condition' <> 'null' then private.type_of_expression(f.field -> 'condition', f.types) end as condition,
      case when f.field -> 'computed' <> 'null' then private.type_of_expression(f.field -> 'computed', f.types) end as computed
    from (select fields -> n - 1 as field,
      (select coalesce(jsonb_object_agg(e.field ->> 'key', private.type_of_field(e.field)), '{}')
       from jsonb_array_elements(fields) with ordinality e (field, place) where e.place < n and e.field ->> 'key' is not null) as types) f
  ) p
$$;

create or replace function private.type_of_field(field jsonb)
returns text
language sql stable
set search_path = ''
as $$
  select case field ->> 'type' when 'number' then 'number ' || private.try_dimension_of(field ->> 'unit')
    when 'choice' then 'text' when 'file' then 'link' else field ->> 'type' end
$$;

-- A computed field as it is kept. What is sent back as it was read is no edit.
create or replace function private.judge_computed(f lab.sample_fields, raw jsonb, previous jsonb, above jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  term constant jsonb := private.evaluate(f.computed, above);
  kept jsonb := term;
begin
  if f.data_type = 'number' then
    kept := jsonb_build_object('value', private.number_in(term, f.unit), 'unit', f.unit);
  end if;
  if raw is distinct from previous and raw is not null and raw is distinct from kept then
    return private.pack_problem('PL129', f, array[f.label]);
  elsif term is null or kept -> 'value' = 'null' then
    return null;
  end if;
  return private.judge_value(f, kept);
end $$;

grant execute on function private.number_term(numeric, text), private.number_of(jsonb), private.apply_operator(text, jsonb[]), private.compare_terms(jsonb, jsonb),
  private.calculate(text, jsonb[]), private.type_of_operation(text, text[], jsonb), private.words_of_type(text)
  to member, worker, migrator;
