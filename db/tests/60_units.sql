-- A unit is part of a value. Comparisons convert; what does not measure the same is an error.

-- What a code means
select tap.same((select p.dimension from private.parse_unit_v1('mg/L') p), 'L-3.M', 'mg/L is mass per volume');
select tap.same((select p.factor from private.parse_unit_v1('umol/L') p), 0.001, 'a prefix scales');
select tap.same((select p.factor from private.parse_unit_v1('mm2') p), 0.000001, 'and its power scales it again');
select tap.same((select p.dimension from private.parse_unit_v1('kg.m2/s2') p), private.dimension_of('J'), 'factors are joined by . and /');
select tap.same((select p.dimension from private.parse_unit_v1('g{wet}/{cells}') p), 'M', 'what stands in braces is a note');
select tap.same((select p.dimension from private.parse_unit_v1('m[IU]/mL') p), 'L-3.[iU]', 'an international unit measures itself only');
select tap.same((select p.dimension from private.parse_unit_v1('cd') p), 'J', 'a whole code goes before a prefix');
select tap.ok(private.dimension_of('10*6/mL') <> private.dimension_of('umol/L'), 'a number of cells is no amount of substance');
select tap.same(array(select u from unnest('{mg/l/,foo,mg L,"",(g/L),m^,Cel/min,kmin,10*,mg/[,u/,-3}'::text[]) u, private.parse_unit_v1(u) p where p.problem is null), '{10*}',
  'what UCUM does not know means nothing');
select tap.same((select count(*) from private.known_units u, private.parse_unit_v1(u.code) p
    where p.problem is null and (p.dimension, p.factor, p.shift) is distinct from (u.dimension, u.factor, u.shift)), 0::bigint, 'what is remembered is what the parser reads');

-- Conversion, as an analyst
select tap.as_person('dina');
select tap.same(api_v1.convert(0.1, 'mL', 'uL'), 100::float8, '0.1 mL is 100 uL, and not nearly so');
select tap.same(api_v1.convert(5, 'mg/L', 'ng/uL'), 5::float8, 'mg/L is ng/uL');
select tap.same(api_v1.convert(98.6, '[degF]', 'Cel'), 37::float8, 'a temperature has its zero point');
select tap.same(api_v1.convert(-80, 'Cel', 'K'), 193.15::float8, 'in both directions');
select tap.same(api_v1.convert(1, '/min', '/h'), 60::float8, 'rates convert');
select tap.same(api_v1.convert(1, 'U', 'nmol/s'), (1000 / 60.0)::float8, 'an enzyme unit is a micromole per minute');
select tap.same(api_v1.convert(1, '%', '[ppm]'), 10000::float8, 'shares convert');
select tap.same(api_v1.convert(1234567.8901234567, 'mg', 'mg'), 1234567.8901234567::float8, 'the same unit keeps every digit');
select tap.same(api_v1.convert(0.30000000000000004, 'kg', 'g'), 300.00000000000004::float8, 'nor are digits lost on the way');
select tap.same(api_v1.convert(null, 'mg', 'g'), null, 'nothing stays nothing');
select tap.throws($$select api_v1.convert(5, 'mg/L', 'umol/L')$$, 'PL121', 'mass is not turned into substance');
select tap.throws($$select api_v1.convert(5, '10*6/mL', '[CFU]/mL')$$, 'PL121', 'nor cells into colonies');
select tap.throws($$select api_v1.convert(5, 'uM/l', 'umol/L')$$, 'PL120', 'an unknown unit is refused');
select tap.throws($$select api_v1.convert(5, 'nonsense', 'nonsense')$$, 'PL120', 'even where nothing would be converted');
select tap.throws($$select api_v1.convert(5, null, 'mL')$$, 'PL120', 'and 5 is not a volume');

create function pg_temp.refusal(statement text) returns jsonb language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return sqlerrm::jsonb;
end $$;
select tap.same(pg_temp.refusal($$select api_v1.convert(5, 'mg/L', 'umol/L')$$) ->> 'hint',
  'Expected a unit that measures the same: umol/L, mmol/L, mosm/L, nmol/L, mol/L, pmol/L.', 'a mismatch names what would fit');
select tap.same(pg_temp.refusal($$select api_v1.convert(5, 'µM', 'umol/L')$$) ->> 'hint', 'Expected a UCUM code: umol/L.', 'and an unknown unit what was probably meant');
select tap.same(array(select private.suggest_unit(u) from unnest('{µl,mg/ml,uM,IU/mL,cells/mL,10^6/mL,°C,rpm,kDa,zzz}'::text[]) with ordinality t (u, n) order by n),
  '{uL,mg/mL,umol/L,[IU]/mL,"{cells}/mL",10*6/mL,Cel,"{rev}/min",ku,NULL}', 'common spellings are understood, never applied');
select tap.same(array[private.try_convert_unit(5, 'mg/L', 'g/L'), private.try_convert_unit(5, 'mg/L', 'mol/L'), private.try_convert_unit(5, 'zzz', 'g')],
  array[0.005, null, null]::float8[], 'a quiet conversion gives nothing where there is no such value');

-- The units of a lab
select tap.ok(tap.count($$select from api_v1.known_units where code = 'ng/uL'$$) = 1, 'common units are offered');
select tap.same((select dimension from api_v1.units where code = 'ng/mL'), 'L-3.M', 'a lab''s unit says what it measures');
select tap.as_person('ada');
select tap.lives($$insert into api_v1.units (lab_id, code, name) select lab_id, 'kg/{mouse}', 'kilogram per mouse' from api_v1.me()$$, 'a lab admin takes a unit into use');
select tap.throws($$insert into api_v1.units (lab_id, code, name) select lab_id, 'uM/l', 'x' from api_v1.me()$$, 'PL120', 'but not one that means nothing');
select tap.same(tap.count($$select from api_v1.units where code = 'kg/{mouse}'$$), 1::bigint, 'she sees it');
select tap.same(tap.count($$select from api_v1.known_units where code = 'kg/{mouse}'$$) + tap.count($$select from private.known_units where code = 'kg/{mouse}'$$), 0::bigint,
  'and a lab''s own unit is offered to nobody else');
select tap.as_migrator();
select tap.same((select count(*) from private.known_units where code = 'kg/{mouse}'), 1::bigint, 'though it is known');
select tap.same((select count(*) from pg_constraint where conname = 'units_known_fk' and convalidated), 1::bigint, 'every unit of every lab is known');
