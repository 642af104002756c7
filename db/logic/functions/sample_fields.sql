-- owner: law
-- What samples say in the fields of their type. Judged in one place, whoever writes: a person, a function, an import.
-- A verdict does not refuse; it lists what is wrong, so that an import can tell it row by row. The trigger refuses.

-- `before update on lab.samples when fields changed`: an edit names the fields it changes; null removes one.
create or replace function private.complete_fields()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(new.fields) = 'object' then
    new.fields := (select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value <> 'null'), '{}') from jsonb_each(old.fields || new.fields) f);
  end if;
  return new;
end $$;
grant execute on function private.complete_fields() to member, law, migrator;

-- `before insert or update on lab.samples`. Runs as whoever writes: links lead only to what that person sees.
create or replace function private.judge_sample_row()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  verdict record;
begin
  select * into verdict from private.judge_sample(new, old);
  if verdict.problems is null and verdict.links is not null then
    verdict.fields := verdict.fields || private.resolve_links(new.lab_id, verdict.links);
  end if;
  if verdict.problems is not null then
    perform private.refuse_fields(verdict.problems);
  end if;
  new.sample_type := verdict.sample_type;
  new.type_id := verdict.type_id;
  new.type_version := verdict.type_version;
  new.fields := verdict.fields;
  return new;
end $$;
grant execute on function private.judge_sample_row() to member, law, migrator;

-- The type a sample gets, its fields as they are kept, what is wrong with them, and links that are still to be found.
create or replace function private.judge_sample(given lab.samples, previous lab.samples,
  out sample_type text, out type_id uuid, out type_version integer, out fields jsonb, out problems jsonb, out links jsonb)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if previous.id is null or (given.sample_type, given.type_id, given.type_version)
    is distinct from (previous.sample_type, previous.type_id, previous.type_version) then
    select t.name, t.id, t.number into sample_type, type_id, type_version from private.choose_type(given, previous) t;
  else
    sample_type := given.sample_type;
    type_id := given.type_id;
    type_version := given.type_version;
  end if;
  fields := given.fields;
  if type_id is not null or given.fields <> '{}' then
    select v.fields, v.problems, v.links into fields, problems, links
    from private.judge_fields(given.lab_id, type_id, type_version, given.fields, previous.fields) v;
  end if;
end $$;
grant execute on function private.judge_sample(lab.samples, lab.samples) to member, migrator;

-- A new sample takes the effective version of its type. Words that name no type are kept as they are.
create or replace function private.choose_type(given lab.samples, previous lab.samples, out name text, out id uuid, out number integer)
language plpgsql stable
set search_path = ''
as $$
declare
  by_id constant boolean := given.type_id is not null and (previous.id is null or given.type_id is distinct from previous.type_id
    or given.type_version is distinct from previous.type_version and given.sample_type = previous.sample_type);
  chosen lab.sample_types;
begin
  name := given.sample_type;
  if by_id then
    select * into chosen from lab.sample_types t where t.lab_id = given.lab_id and t.id = given.type_id;
  else
    select * into chosen from lab.sample_types t where t.lab_id = given.lab_id and t.name = given.sample_type;
  end if;
  if chosen.id is null then
    perform private.refuse('PL004', array['sample type', given.type_id::text]) where by_id;
    return;
  end if;
  select v.number into number from lab.sample_type_versions v
  where v.lab_id = chosen.lab_id and v.sample_type_id = chosen.id and v.status = 'effective';
  if chosen.archived or number is null then
    perform private.refuse('PL130', array[chosen.name])
    where chosen.archived or by_id or exists (
      select from lab.sample_type_versions v where v.lab_id = chosen.lab_id and v.sample_type_id = chosen.id and v.status = 'retired');
    return;
  elsif by_id and given.type_version <> number then
    perform private.refuse('PL132', array[given.type_version::text, chosen.name], array[number::text]);
  end if;
  name := chosen.name;
  id := chosen.id;
end $$;

-- Fields in their order: a condition or a computed value looks at those above it. Most answers are as they are kept, and stay.
create or replace function private.judge_fields(lab uuid, type_id uuid, type_version integer, given jsonb, previous jsonb,
  out fields jsonb, out problems jsonb, out links jsonb)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  f lab.sample_fields;
  kept jsonb;
  known text[] := '{}';
begin
  fields := given;
  for f in
    select * from lab.sample_fields s
    where s.lab_id = judge_fields.lab and s.sample_type_id = judge_fields.type_id and s.type_version = judge_fields.type_version
    order by s.ordinal
  loop
    known := known || f.key;
    continue when private.is_kept(f, given -> f.key);
    kept := private.judge_field(f, given, previous, fields);
    if kept is null then
      fields := fields - f.key;
      continue;
    elsif jsonb_typeof(kept) = 'object' and kept ? 'problem' then
      problems := coalesce(problems, '[]') || (kept -> 'problem');
    elsif f.data_type in ('link', 'file') and jsonb_typeof(kept) = 'string' and kept is distinct from previous -> f.key then
      links := coalesce(links, '{}') || jsonb_build_object(f.key, jsonb_build_object('to', coalesce(f.link_to, 'file'), 'given', kept));
    end if;
    fields := fields || jsonb_build_object(f.key, kept);
  end loop;
  if given - known <> '{}' then
    kept := private.unknown_fields(given - known, known);
    problems := coalesce(problems || kept, kept, problems);
    fields := fields - array(select jsonb_object_keys(given - known));
  end if;
end $$;
grant execute on function private.judge_fields(uuid, uuid, integer, jsonb, jsonb) to member, migrator;

-- The quick yes: an answer that is taken as it was given. What is not certain here is judged in full.
create or replace function private.is_kept(f lab.sample_fields, answer jsonb)
returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return answer is not null and f.condition is null and f.computed is null and case f.data_type
    when 'text' then jsonb_typeof(answer) = 'string' and length(answer #>> '{}') between 1 and 10000
    when 'number' then jsonb_typeof(answer) = 'object' and answer ->> 'unit' = f.unit and jsonb_typeof(answer -> 'value') = 'number'
      and answer - '{value,unit}'::text[] = '{}' and abs((answer ->> 'value')::numeric) < 1e300
      and (f.low is null or (answer ->> 'value')::float8 >= f.low) and (f.high is null or (answer ->> 'value')::float8 <= f.high)
    when 'choice' then jsonb_typeof(answer) = 'string' and answer #>> '{}' = any (f.choices)
    when 'boolean' then jsonb_typeof(answer) = 'boolean'
    when 'date' then jsonb_typeof(answer) = 'string' and answer #>> '{}' ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(answer #>> '{}', 'date')
    else false
  end;
end $$;

create or replace function private.unknown_fields(given jsonb, known text[])
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('field', g.key, 'code', 'PL123', 'message_args', array[g.key],
    'hint_args', array[coalesce(nullif(array_to_string(known, ', '), ''), 'no field')]))
  from jsonb_each(given) g
  where g.value <> 'null'
$$;

-- One field as it is kept; null where it stays empty; {"problem": …} where it cannot be taken.
create or replace function private.judge_field(f lab.sample_fields, given jsonb, previous jsonb, above jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  raw jsonb := nullif(given -> f.key, 'null');
begin
  if f.condition is not null and private.evaluate(f.condition, above) is distinct from 'true' then
    return case when raw is not null then private.pack_problem('PL133', f, array[f.label]) end;
  elsif f.computed is not null then
    return private.judge_computed(f, raw, previous -> f.key, above);
  elsif jsonb_typeof(raw) = 'object' and (raw ? 'not_obtained') then
    return private.judge_reason(f, raw);
  elsif jsonb_typeof(raw) = 'object' and raw - 'value' = '{}' and f.data_type <> 'number' then
    raw := nullif(raw -> 'value', 'null');
  end if;
  if raw is null or raw = '""' then
    if previous is null and not given ? f.key and f.default_value is not null then
      return private.judge_value(f, f.default_value);
    end if;
    return case when f.required then private.pack_problem('PL124', f, array[f.label]) end;
  end if;
  return private.judge_value(f, raw);
end $$;

create or replace function private.judge_reason(f lab.sample_fields, raw jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select case
    when raw - 'not_obtained' <> '{}' or jsonb_typeof(raw -> 'not_obtained') <> 'string' or btrim(raw ->> 'not_obtained') = '' then
      private.pack_problem('PL125', f, array[f.label, left(raw::text, 100)], array['either a value, or "not_obtained" with a reason in words'])
    else jsonb_build_object('not_obtained', btrim(raw ->> 'not_obtained'))
  end
$$;

create or replace function private.judge_value(f lab.sample_fields, raw jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  kind constant text := jsonb_typeof(raw);
  expected text;
begin
  if f.data_type = 'number' then
    return private.judge_number(f, raw);
  elsif f.data_type = 'boolean' then
    expected := case when kind <> 'boolean' then 'true or false' end;
  elsif f.data_type = 'choice' then
    expected := case when kind <> 'string' or (raw #>> '{}') <> all (f.choices) then 'one of: ' || array_to_string(f.choices, ', ') end;
  elsif f.data_type = 'date' then
    expected := case when kind <> 'string' or (raw #>> '{}') !~ '^\d{4}-\d\d-\d\d$' or not pg_input_is_valid(raw #>> '{}', 'date') then 'a date like 2026-03-31' end;
  elsif f.data_type = 'text' then
    expected := case when kind <> 'string' or length(raw #>> '{}') > 10000 then 'text of at most 10000 characters' end;
  else
    expected := case when kind <> 'string' then format('the code or id of a %s', coalesce(f.link_to, 'file')) end;
  end if;
  return case when expected is null then raw else private.pack_problem('PL125', f, array[f.label, left(raw::text, 100)], array[expected]) end;
end $$;

-- A number comes with its unit, which may be another than the field's if it measures the same. Kept as it was given.
create or replace function private.judge_number(f lab.sample_fields, raw jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  given constant jsonb := case jsonb_typeof(raw) when 'object' then jsonb_strip_nulls(raw) else jsonb_build_object('value', raw) end;
  value constant jsonb := given -> 'value';
  number constant numeric := case jsonb_typeof(value) when 'number' then (value #>> '{}')::numeric when 'string' then private.decimal_of(value #>> '{}') end;
  reported constant text := coalesce(given ->> 'reported', case jsonb_typeof(value) when 'string' then value #>> '{}' end);
  unit constant text := coalesce(given ->> 'unit', case f.unit when '1' then '1' end);
  in_field_unit float8;
begin
  if number is null or abs(number) > 1.7e308 or given - '{value,unit,reported}'::text[] <> '{}'
    or (reported is not null and not coalesce(private.is_same_float8(private.decimal_of(reported), number), false)) then
    return private.pack_problem('PL125', f, array[f.label, left(raw::text, 100)], array['a number in ' || f.unit]);
  elsif unit is null then
    return private.pack_problem('PL125', f, array[f.label, left(raw::text, 100) || ' without a unit'],
      array[format('{"value": %s, "unit": "%s"} or another unit that measures the same', number, f.unit)]);
  elsif unit <> f.unit and private.try_dimension_of(unit) is distinct from private.dimension_of(f.unit) then
    return private.pack_problem('PL126', f, array[f.label, left(unit, 60)], array[f.unit]);
  end if;
  in_field_unit := case when unit = f.unit then number::float8 else private.convert_unit(number::float8, unit, f.unit) end;
  if in_field_unit < f.low or in_field_unit > f.high then
    return private.pack_problem('PL127', f, array[f.label, coalesce(reported, number::text) || coalesce(' ' || nullif(unit, '1'), '')],
      array[private.words_of_range(jsonb_strip_nulls(jsonb_build_object('low', f.low, 'high', f.high, 'unit', f.unit)))]);
  end if;
  return jsonb_build_object('value', number, 'unit', unit)
    || case when reported is not null then jsonb_build_object('reported', reported) else '{}' end;
end $$;

-- A problem as data: {"field", "code", "message_args", "hint_args"}.
create or replace function private.pack_problem(code text, f lab.sample_fields, message_args text[], hint_args text[] default '{}')
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('problem', jsonb_build_object('field', f.key, 'code', code, 'message_args', message_args, 'hint_args', hint_args))
$$;

-- In words: {"field", "code", "message", "hint"}.
create or replace function private.word_problem(problem jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('field', problem -> 'field', 'code', r.code,
    'message', format(r.message, variadic array(select jsonb_array_elements_text(problem -> 'message_args'))),
    'hint', format(r.hint, variadic array(select jsonb_array_elements_text(problem -> 'hint_args'))))
  from private.refusals() r
  where r.code = problem ->> 'code'
$$;
grant execute on function private.word_problem(jsonb) to member, migrator;

create or replace function private.refuse_fields(problems jsonb)
returns void
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform private.refuse(problems -> 0 ->> 'code', array(select jsonb_array_elements_text(problems -> 0 -> 'message_args')),
    array(select jsonb_array_elements_text(problems -> 0 -> 'hint_args')),
    jsonb_build_object('field', problems -> 0 -> 'field', 'problems', (select jsonb_agg(private.word_problem(p)) from jsonb_array_elements(problems) p)));
end $$;
grant execute on function private.refuse_fields(jsonb) to member, migrator;

-- For what arrives and must be taken as it is: every field that a new sample of a type requires, with the reason why nobody can say it yet.
create or replace function private.excuse_fields(lab uuid, sample_type text, reason text)
returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(f.key, jsonb_build_object('not_obtained', reason)), '{}')
  from lab.sample_types t
  join lab.sample_type_versions v on v.lab_id = t.lab_id and v.sample_type_id = t.id and v.status = 'effective'
  join lab.sample_fields f on f.lab_id = v.lab_id and f.sample_type_id = v.sample_type_id and f.type_version = v.number
  where t.lab_id = excuse_fields.lab and t.name = excuse_fields.sample_type
    and f.required and f.default_value is null and f.condition is null
$$;
grant execute on function private.excuse_fields(uuid, text, text) to member, migrator;
