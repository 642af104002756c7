-- Values in other units.

create or replace function api_v1.convert(value float8, from_unit text, to_unit text)
returns float8
language sql stable
set search_path = ''
as $$
  select private.convert_unit(value, from_unit, to_unit)
$$;
comment on function api_v1.convert(float8, text, text) is
  'A value in another unit; both units are UCUM codes and must measure the same.';
grant execute on function api_v1.convert(float8, text, text) to member;
