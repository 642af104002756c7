-- Arrow: one writer behind two doors. That each cell says what JSON says is shown in tests/http/arrow.test.ts; here is what the law promises.

select tap.same(
  array(select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v'
        except select relation || '.' || name from arrow.columns),
  '{}', 'every exposed column stands in the catalogue of columns');
select tap.same(
  array(select c.relname::text from pg_class c where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v'
          and to_regprocedure(format('api_v1.%I(api_v1.%I)', 'arrow_' || c.relname, c.relname)) is null),
  '{}', 'every exposed view has its handler');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where (p.pronamespace = 'arrow'::regnamespace or p.oid = 'api_v1.arrow_page'::regproc) and p.prosecdef),
  '{}', 'every function of the writer runs as whoever asks');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where p.pronamespace = 'arrow'::regnamespace and p.proconfig is null and p.prosqlbody is null),
  '{}', 'and fixes its search_path, or is bound when it is made');
select tap.same(
  array(select p.oid::regprocedure::text from pg_proc p
        where (p.pronamespace = 'arrow'::regnamespace or (p.pronamespace = 'api_v1'::regnamespace and p.prokind = 'a'))
          and (has_function_privilege('public', p.oid, 'execute') or has_function_privilege('anon', p.oid, 'execute'))),
  '{}', 'and may not be called by nobody');

-- What is never null
select tap.ok((select count(*) > 100 from arrow.columns where not nullable) and not (select bool_or(nullable) from arrow.columns where name = 'id'),
  'ids and much else are known never to be null');
select tap.same(
  (select string_agg(relation || '.' || name, ', ')
   from arrow.columns c
   where not nullable and c.relation <> 'measurements' and tap.count(format('select from api_v1.%I where %I is null', relation, name)) > 0),
  null, 'what is said never to be null never is');
select tap.same(
  (select string_agg(name, ',' order by name) from arrow.columns where relation = 'measurements' and name in ('sample', 'experiment', 'sample_id', 'value', 'unit') and nullable),
  'experiment,sample,sample_id,value', 'what an outer join brings may be null, even from a column that is not');

-- Names come from the catalogue, values are literals
select tap.as_person('dina');
select tap.same(
  arrow.plan_filters(arrow.find_columns('samples', null), '[["name", "eq", "x''; drop table lab.samples; --"], ["amount", "gte", 1], ["status", "in", "{available,consumed}"], ["amount", "is", null]]'),
  $$name = 'x''; drop table lab.samples; --'::text and amount >= '1'::double precision and status = any (array['available'::text, 'consumed'::text]::text[]) and amount is null$$,
  'filters become conditions on known columns with quoted values');
select tap.same(arrow.plan_after(arrow.find_columns('samples', '{name,id}'), '{a,00000000-0000-0000-0000-000000000001}'),
  $$(name, id) > ('a'::text, '00000000-0000-0000-0000-000000000001'::uuid)$$, 'a page begins after the keys of the one before');
select tap.throws($$select api_v1.arrow_page('samples', '{id,"name; drop"}')$$, 'PL052', 'an unknown column is refused');
select tap.throws($$select api_v1.arrow_page('samples', filters => '[["id) or (true", "eq", "x"]]')$$, 'PL052', 'also in a filter');
select tap.throws($$select api_v1.arrow_page('samples', order_by => '{"id; drop"}')$$, 'PL052', 'also in an order');
select tap.throws($$select api_v1.arrow_page('governed_tables')$$, 'PL051', 'what is not exposed is no relation');
select tap.throws($$select api_v1.arrow_page('samples', filters => '[["id", "= x or id =", "x"]]')$$, 'PL053', 'an operator is one of a list');
select tap.throws($$select api_v1.arrow_page('samples', filters => '[["amount", "eq", "1); drop"]]')$$, 'PL054', 'a value is of its column''s type');
select tap.throws($$select api_v1.arrow_page('samples', filters => '"no json"')$$, 'PL055', 'filters are a list');
select tap.throws($$select api_v1.arrow_page('samples', order_by => '{amount,id}')$$, 'PL055', 'no page follows what may be null: rows would be lost');
select tap.throws($$select api_v1.arrow_page('samples', order_by => '{id,name}')$$, 'PL055', 'nor what does not end in the id');
select tap.throws($$select api_v1.arrow_page('samples', most => 100001)$$, 'PL022', 'a page has a bound, and more is an error');

-- The stream
select tap.ok(length(api_v1.arrow_page('measurements', '{value}', '[["measurand", "eq", "rate"]]')) > 300, 'a page is a stream');
select tap.lives($$select api_v1.arrow_page('measurements', '{value}', jsonb_build_array(
  jsonb_build_array('experiment_id', 'eq', (select id from api_v1.experiments limit 1)), '["measurand", "eq", "rate"]'::jsonb))$$, 'filters on columns of different types go together');
select tap.same(substr(api_v1.arrow_page('units', most => 1), 1, 4), '\xffffffff'::bytea::api_v1."application/vnd.apache.arrow.stream"::bytea, 'that begins as a message does');
select tap.same(right(encode(api_v1.arrow_page('units', most => 1), 'hex'), 16), 'ffffffff00000000', 'and ends as a stream does');
select tap.same(length(api_v1.arrow_page('units', most => 1)) % 8, 0, 'and is aligned to 8 bytes');
select tap.ok((select bool_and(value ->> 'X-Petri-Position' ~ '^\d+$') from jsonb_array_elements(current_setting('response.headers')::jsonb)), 'its position is a header of the response');
select tap.same((select api_v1.arrow_units(u order by u.id) from api_v1.units u), api_v1.arrow_page('units'), 'the handler of a view writes the same bytes as a page');
select set_config('request.headers', '{"x-petri-columns": " code,id "}', true);
select tap.same((select api_v1.arrow_units(u order by u.id) from api_v1.units u), api_v1.arrow_page('units', '{code,id}'), 'with the columns that a header names');
select set_config('request.headers', '{"x-petri-columns": "code,secret"}', true);
select tap.throws('select api_v1.arrow_units(u) from api_v1.units u', 'PL052', 'if there are such');
select set_config('request.headers', '', true);
select tap.throws($$select api_v1.arrow_measurements(m) from (select * from api_v1.measurements limit 100000) m$$, 'PL022',
  'rows that PostgREST''s limit may have cut are refused');

-- Others
select tap.as_person('sten');
select tap.same(length(api_v1.arrow_page('samples')), length(api_v1.arrow_page('samples', filters => '[["id", "is", "null"]]')), 'a stranger''s page is empty');
select tap.throws('delete from arrow.columns', '42501', 'a member does not write the catalogue');
select tap.as_anonymous();
select tap.throws($$select api_v1.arrow_page('units')$$, '42501', 'nobody asks for a page');

-- At the edges
select tap.as_migrator();
update lab.measurements set measured_at = '-infinity' where id = (select id from lab.measurements where measurand = 'rate' limit 1);
select tap.as_person('dina');
select tap.throws($$select api_v1.arrow_page('measurements', '{id,measured_at}', '[["measurand", "eq", "rate"]]')$$, 'PL056', 'an infinite time is refused, not written wrong');
select tap.lives($$select api_v1.arrow_page('measurements', '{id,value}', '[["measurand", "eq", "rate"]]')$$, 'and does not stand in the way of other columns');
select tap.as_migrator();
create policy less on lab.units as restrictive for select to member using (code = '1');
select tap.as_person('dina');
select tap.same(tap.count('select from api_v1.units where code = ''{counts}/min2'''), 0::bigint, 'a unit that a person does not see');
select tap.ok(position(convert_to('{counts}/min2', 'UTF8') in api_v1.arrow_page('measurements', '{unit}', '[["measurand", "eq", "rate"]]')) > 0,
  'is written where a measurement that he sees has it');
select tap.same(position(convert_to('{counts}/min2', 'UTF8') in api_v1.arrow_page('measurements', '{unit}', '[["measurand", "eq", "signal"]]', most => 10)), 0,
  'and nowhere else');
