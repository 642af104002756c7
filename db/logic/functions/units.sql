-- owner: law
-- Units of measurement: what a code means, and how a value turns into another unit. Only values of one dimension are compared.

-- What a code means. Refuses what UCUM does not know.
create or replace function private.read_unit(code text)
returns private.known_units
language plpgsql stable security definer
set search_path = ''
as $$
declare
  unit private.known_units;
  parsed record;
begin
  select u.* into unit from private.known_units u where u.code = read_unit.code;
  if found then
    return unit;
  end if;
  select * into parsed from private.parse_unit_v1(read_unit.code);
  if parsed.problem is not null then
    perform private.refuse('PL120', array[coalesce(left(read_unit.code, 60), ''), parsed.problem],
      array[coalesce(private.suggest_unit(read_unit.code), 'mg/L, umol/L, 10*6/mL, [IU]/mL, Cel or 1')]);
  end if;
  return row(read_unit.code, read_unit.code, parsed.dimension, parsed.factor, parsed.shift, false)::private.known_units;
end $$;
grant execute on function private.read_unit(text) to member, worker, migrator;

create or replace function private.dimension_of(unit text)
returns text
language sql stable security definer
set search_path = ''
as $$
  select (private.read_unit(unit)).dimension
$$;
grant execute on function private.dimension_of(text) to member, worker, migrator;

-- Null for a code that means nothing.
create or replace function private.try_dimension_of(unit text)
returns text
language sql stable security definer
set search_path = ''
as $$
  select coalesce(
    (select u.dimension from private.known_units u where u.code = unit),
    (select p.dimension from private.parse_unit_v1(unit) p where p.problem is null))
$$;
grant execute on function private.try_dimension_of(text) to member, worker, migrator;

-- A value in another unit. Refuses units that do not measure the same, naming those that would.
create or replace function private.convert_unit(value float8, from_unit text, to_unit text)
returns float8
language plpgsql stable security definer
set search_path = ''
as $$
declare
  given private.known_units;
  wanted private.known_units;
begin
  if value is null or from_unit = to_unit and to_unit in (select u.code from private.known_units u where u.code = to_unit) then
    return value;
  end if;
  given := private.read_unit(from_unit);
  wanted := private.read_unit(to_unit);
  if given.dimension <> wanted.dimension then
    perform private.refuse_dimension(given, wanted);
  end if;
  return private.rescale(value, given, wanted);
end $$;
grant execute on function private.convert_unit(float8, text, text) to member, worker, migrator;

-- The same, but null where there is no such value.
create or replace function private.try_convert_unit(value float8, from_unit text, to_unit text)
returns float8
language sql stable security definer
set search_path = ''
as $$
  select private.rescale(value, private.read_unit(from_unit), private.read_unit(to_unit))
  where private.try_dimension_of(from_unit) = private.try_dimension_of(to_unit)
$$;
grant execute on function private.try_convert_unit(float8, text, text) to member, worker, migrator;

-- Decimal arithmetic, so that 0.1 mL is 100 uL and not nearly so. Null beyond the range of numbers.
create or replace function private.rescale(value float8, given private.known_units, wanted private.known_units)
returns float8
language sql immutable
set search_path = ''
as $$
  select case when given.factor = wanted.factor and given.shift = wanted.shift or value in ('NaN', 'Infinity', '-Infinity') then value
    when abs(r.number) < 1.7e308 then r.number::float8 end
  from (select (value::text::numeric + given.shift) * given.factor::numeric(110, 50) / wanted.factor - wanted.shift) r (number)
$$;

create or replace function private.refuse_dimension(given private.known_units, wanted private.known_units)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  fitting constant text[] := array(
    select u.code from private.known_units u
    where u.common and u.dimension = wanted.dimension
    order by u.code = wanted.code desc, abs(log(u.factor / wanted.factor)), u.code limit 6);
begin
  perform private.refuse('PL121', array[given.code, wanted.code],
    array[coalesce(nullif(array_to_string(fitting, ', '), ''), wanted.code)],
    jsonb_build_object('from_unit', given.code, 'to_unit', wanted.code, 'from_dimension', given.dimension,
      'to_dimension', wanted.dimension, 'fitting', to_jsonb(fitting)));
end $$;

-- For comparisons: both units must measure the same.
create or replace function private.demand_same_dimension(given_unit text, wanted_unit text)
returns void
language plpgsql stable security definer
set search_path = ''
as $$
declare
  given constant private.known_units := private.read_unit(given_unit);
  wanted constant private.known_units := private.read_unit(wanted_unit);
begin
  if given.dimension <> wanted.dimension then
    perform private.refuse_dimension(given, wanted);
  end if;
end $$;
grant execute on function private.demand_same_dimension(text, text) to member, worker, migrator;

-- What somebody probably meant; a proposal, never applied unasked. Null when there is none.
create or replace function private.suggest_unit(code text)
returns text
language sql stable security definer
set search_path = ''
as $$
  with plain as (
    select translate(regexp_replace(btrim(code), '\s+', '', 'g'), 'µμ·', 'uu.') as text
  ), tries as (
    select t.n, t.text
    from plain, unnest(array[
      plain.text,
      private.unit_alias(plain.text),
      regexp_replace(plain.text, '(^|/)([pnum]?)M(?=$|/)', '\1\2mol/L'),
      regexp_replace(plain.text, 'l(?=$|/)', 'L', 'g'),
      regexp_replace(regexp_replace(plain.text, '(^|/)([pnum]?)M(?=$|/)', '\1\2mol'), 'l(?=$|/)', 'L', 'g'),
      regexp_replace(plain.text, '(?<![\[\w])IU', '[IU]', 'g'),
      regexp_replace(plain.text, '(?<![\[\w])([CPF]FU)', '[\1]', 'g'),
      regexp_replace(plain.text, '^(cells|copies|counts|bp|rev|spots|events)(?=$|/)', '{\1}'),
      regexp_replace(plain.text, '^(?:10)?\^?([369])(?:cells)?/', '10*\1/'),
      replace(plain.text, 'sec', 's'),
      replace(plain.text, 'hr', 'h'),
      lower(plain.text)]) with ordinality t (text, n)
  )
  select t.text
  from tries t
  where t.text is not null and (select p.problem is null from private.parse_unit_v1(t.text) p)
  order by exists (select from private.known_units u where u.common and u.code = t.text) desc, t.n
  limit 1
$$;
grant execute on function private.suggest_unit(text) to member, worker, migrator;

create or replace function private.unit_alias(code text)
returns text
language sql immutable
set search_path = ''
as $$
  select a.code
  from (values
    ('', '1'), ('°c', 'Cel'), ('degc', 'Cel'), ('celsius', 'Cel'), ('°f', '[degF]'), ('ph', '[pH]'), ('ppm', '[ppm]'), ('ppb', '[ppb]'),
    ('rpm', '{rev}/min'), ('cpm', '{counts}/min'), ('xg', '[g]'), ('×g', '[g]'), ('od', '{OD}'), ('au', '{OD}'), ('abs', '{OD}'),
    ('da', 'u'), ('kda', 'ku'), ('mmhg', 'mm[Hg]'), ('psi', '[psi]'), ('ul', 'uL'), ('ml', 'mL'), ('iu', '[IU]'), ('cfu', '[CFU]'),
    ('pfu', '[PFU]'), ('v/v', '%'), ('%(v/v)', '%{vol}'), ('%(w/v)', 'g%'), ('mins', 'min'), ('hrs', 'h'), ('days', 'd'), ('weeks', 'wk'),
    ('months', 'mo'), ('years', 'a'), ('bytes', 'By'), ('units/ml', 'U/mL'), ('u/ml', 'U/mL')) a (alias, code)
  where a.alias = lower(unit_alias.code)
$$;

-- `before insert on lab.units`: a lab's unit is read when it is registered.
create or replace function private.know_unit()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  unit constant private.known_units := private.read_unit(new.code);
begin
  insert into private.known_units (code, name, dimension, factor, shift)
  values (unit.code, new.name, unit.dimension, unit.factor, unit.shift)
  on conflict (code) do nothing;
  return new;
end $$;
grant execute on function private.know_unit() to member, migrator;
