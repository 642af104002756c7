-- The one expression language: checked before it is approved, evaluated in decimals, with units.

create function pg_temp.value(expression jsonb, scope jsonb default '{}') returns text language sql as $$
  select coalesce(private.evaluate(expression, scope)::text, 'nothing')
$$;
create function pg_temp.type(expression jsonb, types jsonb default '{"c": "number L-3.M", "v": "number L3", "n": "number 1", "t": "text", "b": "boolean", "d": "date", "l": "link"}')
returns text language sql as $$
  select private.type_of_expression(expression, types)
$$;
select set_config('tap.scope', '{"c": {"value": 5, "unit": "ng/uL"}, "v": {"value": 20, "unit": "uL"}, "n": 3, "t": "x", "b": true, "d": "2026-03-31", "o": {"not_obtained": "lost"}}', true);

-- Values
select tap.same(pg_temp.value('{">": [{"field": "c"}, {"value": 4000, "unit": "ug/L"}]}', current_setting('tap.scope')::jsonb), 'true', 'comparisons convert');
select tap.same(pg_temp.value('{"=": [{"field": "c"}, {"value": 5, "unit": "mg/L"}]}', current_setting('tap.scope')::jsonb), 'true', 'equal quantities are equal in any unit');
select tap.same(pg_temp.value('{"number_in": [{"*": [{"field": "c"}, {"field": "v"}]}, "ng"]}', current_setting('tap.scope')::jsonb), '100', '5 ng/uL times 20 uL is 100 ng');
select tap.same(pg_temp.value('{"number_in": [{"/": [{"value": 1, "unit": "mg"}, {"value": 3, "unit": "mL"}]}, "mg/L"]}')::numeric(20, 6), 333.333333, 'a quotient has its unit');
select tap.same(pg_temp.value('{"+": [0.1, 0.2]}'), '0.3', 'decimals add up');
select tap.same(pg_temp.value('{"/": [1, 0]}'), 'nothing', 'what cannot be divided is nothing');
select tap.same(array(select pg_temp.value(jsonb_build_object('round', jsonb_build_array(n, 1))) from unnest('{0.25,0.35,0.45,-0.25,0.251}'::numeric[]) with ordinality u (n, o) order by o),
  '{0.2,0.4,0.4,-0.2,0.3}', 'half goes to the even neighbour');
select tap.same(pg_temp.value('{"number_in": [{"round": [{"value": 2.5, "unit": "mg/L"}, 0, "mg/L"]}, "mg/L"]}')::numeric, 2::numeric, 'in the unit that is named');
select tap.same(pg_temp.value('{"power": [2, 10]}')::numeric, 1024::numeric, 'powers');
select tap.same(pg_temp.value('{"log10": [1000]}')::numeric, 3::numeric, 'and logarithms');
select tap.same(array[pg_temp.value('{"log10": [-1]}'), pg_temp.value('{"power": [0, -1]}')], '{nothing,nothing}', 'of what has none are nothing');
select tap.same(pg_temp.value('{"number_in": [{"days_between": ["2026-02-27", "2026-03-01"]}, "d"]}')::numeric, 2::numeric, 'days between dates');
select tap.same(pg_temp.value('{"if": [{"field": "b"}, "yes", "no"]}', current_setting('tap.scope')::jsonb), '"yes"', 'one of two');
select tap.same(array[pg_temp.value('{"and": [true, null]}'), pg_temp.value('{"and": [false, null]}'), pg_temp.value('{"or": [true, null]}'), pg_temp.value('{"or": [false, null]}'), pg_temp.value('{"not": [null]}')],
  '{nothing,false,true,nothing,nothing}', 'what is not known stays unknown, unless it does not matter');
select tap.same(array[pg_temp.value('{">": [{"field": "o"}, 1]}', current_setting('tap.scope')::jsonb), pg_temp.value('{"is_empty": [{"field": "o"}]}', current_setting('tap.scope')::jsonb),
  pg_temp.value('{"coalesce": [{"field": "zzz"}, 7]}', current_setting('tap.scope')::jsonb)], '{nothing,true,7}', 'what was not obtained is empty');
select tap.same(pg_temp.value('{"in": [{"field": "t"}, "w", "x"]}', current_setting('tap.scope')::jsonb), 'true', 'one of many');
select tap.same(pg_temp.value('{"concat": [{"field": "t"}, "-", "y"]}', current_setting('tap.scope')::jsonb), '"x-y"', 'texts join');

-- Types
select tap.same(array(select pg_temp.type(e::jsonb) from unnest(array[
    '{"*": [{"field": "c"}, {"field": "v"}]}', '{">": [{"field": "c"}, {"value": 4, "unit": "mg/L"}]}', '{"days_between": [{"field": "d"}, {"date": "2026-01-01"}]}',
    '{"if": [{"field": "b"}, 1, null]}', '{"/": [{"field": "c"}, {"field": "c"}]}', '{"power": [{"field": "v"}, -2]}']) with ordinality u (e, n) order by n),
  '{"number M",boolean,"number T","number 1","number 1","number L-6"}', 'an expression has a type and a dimension');
select tap.same(array(select pg_temp.type(e::jsonb) from unnest(array[
    '{">": [{"field": "c"}, {"field": "v"}]}', '{"+": [{"field": "c"}, 1]}', '{"and": [{"field": "n"}]}', '{"field": "zzz"}', '{"frobnicate": [1]}', '[1]', '{"+": [1, 2], "-": [1, 2]}',
    '{"+": 1}', '{"value": 1, "unit": "zzz"}', '{"date": "2026-02-31"}', '{">": [{"field": "b"}, true]}', '{"round": [{"field": "c"}, 1]}', '{"log10": [{"field": "c"}]}',
    '{"number_in": [{"field": "c"}, "L"]}', '{"power": [{"field": "v"}, {"field": "n"}]}', '{}']) with ordinality u (e, n) order by n),
  array['!">" cannot be asked of a quantity of L-3.M and a quantity of L3', '!"+" cannot be asked of a quantity of L-3.M and a number', '!"and" cannot be asked of a number',
    '!it looks at "zzz", which is no field above it', '!"frobnicate" cannot be asked of a number', '!a list stands where an expression is expected', '!an operation is {"operator": [operands]}',
    '!an operation is {"operator": [operands]}', '!"zzz" is no unit', '!a date is written like 2026-03-31', '!">" cannot be asked of a boolean and a boolean',
    '!"round" cannot be asked of a quantity of L-3.M and a number', '!"log10" cannot be asked of a quantity of L-3.M', '!"number_in" cannot be asked of a quantity of L-3.M and a text',
    '!"power" cannot be asked of a quantity of L3 and a number', '!an operation is {"operator": [operands]}']::text[], 'what has none is refused, in words');

-- In fields of samples
insert into lab.units (lab_id, code, name) select l.id, u, u from lab.labs l, unnest('{ng/uL,ng}'::text[]) u where l.code = 'DEMO' on conflict do nothing;
create function pg_temp.register(name text, fields jsonb) returns text language sql as $$
  select format('insert into api_v1.samples (lab_id, project_id, name, sample_type, fields) select lab_id, id, %L, %L, %L from api_v1.projects where code = %L', name, 'tap prep', fields, 'ENZ')
$$;
create function pg_temp.define(fields jsonb) returns text language plpgsql as $$
begin
  perform api_v1.make_sample_type_effective(api_v1.define_sample_type('tap scratch', fields));
  return 'taken';
exception when sqlstate 'PGRST' then
  return sqlerrm::jsonb ->> 'message';
end $$;
grant execute on function pg_temp.register(text, jsonb), pg_temp.define(jsonb) to public;
select tap.as_person('ada');
select tap.lives($$select api_v1.make_sample_type_effective(api_v1.define_sample_type('tap prep', '[
  {"key": "concentration", "label": "Concentration", "type": "number", "unit": "ng/uL"},
  {"key": "volume", "label": "Volume", "type": "number", "unit": "uL"},
  {"key": "mass", "label": "Mass", "type": "number", "unit": "ng", "high": 1000, "computed": {"*": [{"field": "concentration"}, {"field": "volume"}]}},
  {"key": "modified", "label": "Modified", "type": "boolean"},
  {"key": "organism", "label": "Organism", "type": "text", "required": true, "condition": {"=": [{"field": "modified"}, true]}}]'))$$,
  'a type with a condition and a computed field becomes effective');
select tap.same(array[
    pg_temp.define('[{"key": "a", "label": "a", "type": "number", "unit": "ng", "computed": {"field": "b"}}, {"key": "b", "label": "b", "type": "number", "unit": "ng"}]'),
    pg_temp.define('[{"key": "a", "label": "a", "type": "number", "unit": "ng"}, {"key": "b", "label": "b", "type": "number", "unit": "uL", "computed": {"field": "a"}}]'),
    pg_temp.define('[{"key": "a", "label": "a", "type": "number", "unit": "ng"}, {"key": "b", "label": "b", "type": "text", "condition": {"field": "a"}}]'),
    pg_temp.define('[{"key": "a", "label": "a", "type": "number", "unit": "ng", "computed": 1, "required": true}]')],
  array['This sample type cannot be made effective: the computed value of field "a": it looks at "b", which is no field above it.',
    'This sample type cannot be made effective: the computed value of field "b" is a quantity of M; expected a quantity of L3.',
    'This sample type cannot be made effective: the condition of field "b" is not true or false but a quantity of M.',
    'This sample type cannot be made effective: field "a" is computed: nobody gives it, so it is neither required nor has it a default.']::text[],
  'one that is not sound does not');

select tap.as_person('tess');
select tap.lives(pg_temp.register('E1', '{"concentration": {"value": 5, "unit": "mg/L"}, "volume": {"value": 0.02, "unit": "mL"}}'), 'what is computed is not given');
select tap.same((select fields -> 'mass' from api_v1.samples where name = 'E1'), '{"value": 100, "unit": "ng"}'::jsonb, 'and follows, across units');
select tap.same((select n.value from api_v1.sample_numbers n join api_v1.samples s on s.id = n.sample_id where s.name = 'E1' and n.field = 'mass'), private.to_base(100, 'ng'), 'it can be searched');
select tap.lives($$update api_v1.samples set fields = '{"volume": {"value": 10, "unit": "uL"}}', version = 1 where name = 'E1'$$, 'when what it stands on changes');
select tap.same((select fields #> '{mass,value}' from api_v1.samples where name = 'E1'), '50'::jsonb, 'it changes too');
select tap.lives($$update api_v1.samples set fields = fields, version = version where name = 'E1'$$, 'a record sent back as it was read is taken');
select tap.throws($$update api_v1.samples set fields = '{"mass": {"value": 7, "unit": "ng"}}', version = version where name = 'E1'$$, 'PL129', 'but nobody writes a computed field');
select tap.throws(pg_temp.register('E', '{"concentration": {"value": 5, "unit": "mg/mL"}, "volume": {"value": 1, "unit": "mL"}}'), 'PL127', 'a computed value has its limits');
select tap.lives(pg_temp.register('E2', '{"volume": {"value": 1, "unit": "uL"}}'), 'what cannot be computed stays empty');
select tap.same((select fields from api_v1.samples where name = 'E2'), '{"volume": {"value": 1, "unit": "uL"}}'::jsonb, 'and is not there');
select tap.throws(pg_temp.register('E', '{"modified": true}'), 'PL124', 'a field is required where its condition holds');
select tap.lives(pg_temp.register('E3', '{"modified": true, "organism": "E. coli"}'), 'and taken there');
select tap.throws(pg_temp.register('E', '{"modified": false, "organism": "E. coli"}'), 'PL133', 'elsewhere it does not apply');
select tap.throws($$update api_v1.samples set fields = '{"modified": false}', version = 1 where name = 'E3'$$, 'PL133', 'nor is it left behind when the condition ends');
select tap.lives($$update api_v1.samples set fields = '{"modified": false, "organism": null}', version = 1 where name = 'E3'$$, 'but removed with it');
