-- owner: law
-- What a person gives for the fields of a step: {"<key>": {"value": 12.5, "unit": "mL"}}, {"value": "text"} or {"not_obtained": "reason"}.
-- The impossible is refused (wrong type, wrong unit, nothing where something is required); the unusual is recorded and opens a deviation.

-- The fields as they are recorded.
create or replace function private.check_fields(step lab.sop_steps, given jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  recorded jsonb := '{}';
  field jsonb;
  answer jsonb;
begin
  perform private.demand_known_fields(step, given);
  for field in select * from jsonb_array_elements(step.fields) loop
    answer := private.check_field(field, coalesce(nullif(given -> (field ->> 'key'), 'null'), '{}'), step.lab_id);
    if answer is not null then
      recorded := recorded || jsonb_build_object(field ->> 'key', answer);
    end if;
  end loop;
  return recorded;
end $$;

create or replace function private.demand_known_fields(step lab.sop_steps, given jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  known constant text[] := array(select f ->> 'key' from jsonb_array_elements(step.fields) f);
begin
  if jsonb_typeof(given) <> 'object' then
    perform private.refuse('PL008', array['The fields are not an object.'], array['Send {"<key>": {"value": …, "unit": …}}.']);
  end if;
  perform private.refuse('PL013', array[step.key, k], array[array_to_string(known, ', ')], jsonb_build_object('field', k))
  from jsonb_object_keys(given) k
  where k <> all (known);
end $$;

-- One answer as it is recorded; null when an optional field was left out.
create or replace function private.check_field(field jsonb, answer jsonb, lab uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  given constant jsonb := case when jsonb_typeof(answer) = 'object' then jsonb_strip_nulls(answer) else answer end;
begin
  if jsonb_typeof(given) <> 'object' or given - '{value,unit,reported,not_obtained}'::text[] <> '{}' then
    perform private.refuse_value(field, answer, '{"value": …} or {"not_obtained": "reason"}');
  elsif given ? 'not_obtained' then
    return private.check_reason(field, given);
  elsif coalesce(btrim(given ->> 'value'), '') = '' then
    if (field ->> 'required')::boolean then
      perform private.refuse('PL011', array[field ->> 'key'], details => jsonb_build_object('field', field -> 'key'));
    end if;
    return null;
  end if;
  return case field ->> 'type'
    when 'number' then private.check_number(field, given)
    when 'sample' then private.check_sample(field, given, lab)
    else private.check_plain(field, given)
  end;
end $$;

create or replace function private.refuse_value(field jsonb, value jsonb, expected text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.refuse('PL014', array[field ->> 'key', left(value::text, 100)], array[expected], jsonb_build_object('field', field -> 'key'));
end $$;

create or replace function private.check_reason(field jsonb, given jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  if given ? 'value' or jsonb_typeof(given -> 'not_obtained') <> 'string' then
    perform private.refuse_value(field, given, 'either a value, or "not_obtained" with a reason in words');
  elsif btrim(given ->> 'not_obtained') = '' then
    perform private.refuse('PL011', array[field ->> 'key'], details => jsonb_build_object('field', field -> 'key'));
  end if;
  return jsonb_build_object('not_obtained', btrim(given ->> 'not_obtained'));
end $$;

-- A unit is part of the value. `reported` keeps the digits that a JSON number loses on its way (12.50).
create or replace function private.check_number(field jsonb, given jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  number constant numeric := case jsonb_typeof(given -> 'value') when 'number' then (given ->> 'value')::numeric end;
  largest_float8 constant numeric := 1.7976931348623157e308;
begin
  if number is null or abs(number) > largest_float8 then
    perform private.refuse_value(field, given -> 'value', 'a number in ' || (field ->> 'unit'));
  elsif given ->> 'unit' is distinct from field ->> 'unit' then
    perform private.refuse('PL012', array[field ->> 'key', field ->> 'unit'], array[field ->> 'unit'],
      jsonb_build_object('field', field -> 'key', 'given', given -> 'unit'));
  elsif given ? 'reported' and not coalesce(private.is_same_float8(private.decimal_of(given ->> 'reported'), number), false) then
    perform private.refuse_value(field, given -> 'reported', 'the digits of the value, as they were reported');
  end if;
  return given;
end $$;

-- The number that a text writes with a decimal point; null when it writes none.
create or replace function private.decimal_of(text text)
returns numeric
language sql immutable
set search_path = ''
as $$
  select case when text ~* '^[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})(e[+-]?\d{1,3})?$' then text::numeric end
$$;

-- Clients hold numbers as float8, so more digits than that can carry are the same value.
create or replace function private.is_same_float8(a numeric, b numeric)
returns boolean
language sql immutable
set search_path = ''
as $$
  select a = b or case when least(abs(a), abs(b)) > 1e-300 and greatest(abs(a), abs(b)) < 1e300 then a::float8 = b::float8 end
$$;

create or replace function private.check_plain(field jsonb, given jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  value constant jsonb := given -> 'value';
begin
  if field ->> 'type' = 'boolean' and jsonb_typeof(value) <> 'boolean' then
    perform private.refuse_value(field, value, 'true or false');
  elsif field ->> 'type' = 'choice' and not field -> 'choices' @> jsonb_build_array(value) then
    perform private.refuse_value(field, value, 'one of: ' ||
      (select string_agg(c, ', ') from jsonb_array_elements_text(field -> 'choices') c));
  elsif field ->> 'type' = 'text' and jsonb_typeof(value) <> 'string' then
    perform private.refuse_value(field, value, 'text');
  end if;
  return jsonb_build_object('value', value);
end $$;

-- A scanned code names a sample that the person may see.
create or replace function private.check_sample(field jsonb, given jsonb, lab uuid)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  sample record;
begin
  if jsonb_typeof(given -> 'value') <> 'string' then
    perform private.refuse_value(field, given -> 'value', 'the code of a sample');
  end if;
  select s.id, s.code into sample
  from lab.samples s
  where s.lab_id = lab and s.code = upper(btrim(given ->> 'value')) and private.may_see('samples', s.id);
  if not found then
    perform private.refuse('PL004', array['sample', left(given ->> 'value', 100)], details => jsonb_build_object('field', field -> 'key'));
  end if;
  return jsonb_build_object('value', sample.code, 'sample_id', sample.id);
end $$;

-- At most one departure for an answer: not obtained, or out of range.
create or replace function private.departure_of(field jsonb, answer jsonb)
returns table (grade text, rule text, description text)
language sql immutable
set search_path = ''
as $$
  select case when (field ->> 'required')::boolean then 'warning' else 'note' end, 'not obtained',
    format('"%s" was not obtained: %s', field ->> 'label', answer ->> 'not_obtained')
  where answer ? 'not_obtained'
  union all
  select 'warning', 'out of range', format('"%s" was %s; expected %s.', field ->> 'label',
    private.words_of_answer(answer), private.words_of_range(field))
  where answer ? 'value' and case field ->> 'type' when 'number' then
    (answer ->> 'value')::numeric < (field ->> 'low')::numeric or (answer ->> 'value')::numeric > (field ->> 'high')::numeric end
$$;

create or replace function private.words_of_answer(answer jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when answer ? 'not_obtained' then 'not obtained: ' || (answer -> 'not_obtained')::text
    when answer ? 'unit' then coalesce(answer ->> 'reported', answer ->> 'value') || coalesce(' ' || nullif(answer ->> 'unit', '1'), '')
    else (answer -> 'value')::text
  end
$$;

create or replace function private.words_of_range(field jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when field ->> 'high' is null then 'at least ' || (field ->> 'low')
    when field ->> 'low' is null then 'at most ' || (field ->> 'high')
    else (field ->> 'low') || ' to ' || (field ->> 'high')
  end || coalesce(' ' || nullif(field ->> 'unit', '1'), '')
$$;
