-- Amounts and their units.

-- A value in another unit of the same kind; null where the units cannot be compared. Powers of ten are exact.
create or replace function private.amount_in(value numeric, from_unit text, to_unit text)
returns numeric
language sql stable
set search_path = ''
as $$
  select case
    when from_unit = to_unit then value
    when f.power is not null and t.power is not null then trim_scale(value * ('1e' || (f.power - t.power))::numeric)
    else private.exact(private.try_convert_unit(value::float8, from_unit, to_unit))
  end
  from (select) one
  left join private.unit_powers() f on f.unit = from_unit
  left join private.unit_powers() t on t.unit = to_unit and t.kind = f.kind
$$;
grant execute on function private.amount_in(numeric, text, text) to member, law;

-- Powers of ten of the units in which materials are kept.
create or replace function private.unit_powers()
returns table (kind text, unit text, power integer)
language sql immutable
set search_path = ''
as $$
  select k.kind, p.prefix || k.base, p.power
  from (values ('mass', 'g'), ('volume', 'L'), ('volume', 'l'), ('substance', 'mol'), ('molarity', 'M'), ('molarity', 'mol/L')) k (kind, base),
    (values ('k', 3), ('', 0), ('d', -1), ('c', -2), ('m', -3), ('u', -6), ('n', -9), ('p', -12)) p (prefix, power)
  union all
  select 'count', '1', 0
$$;
grant execute on function private.unit_powers() to member, law;
