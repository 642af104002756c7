-- A notebook analysis is registered whole or not at all, once per key, by those who may; its lineage reaches the samples.

create function pg_temp.analysis(change jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'key', '019f0000-0000-7000-8000-000000000001',
    'experiment_id', (select id from lab.experiments where name = 'Puromycin'),
    'title', 'Fit', 'notebook', 'fit.ipynb', 'source_sha256', repeat('a', 64), 'environment', jsonb_build_object('node', '24'),
    'started_at', '2026-01-01T10:00:00Z', 'finished_at', '2026-01-01T10:00:05Z',
    'inputs', jsonb_build_array(jsonb_build_object('query', jsonb_build_object('view', 'measurements'), 'row_count', 23,
      'sha256', repeat('b', 64), 'position', 1, 'sample_ids', (select jsonb_agg(id) from lab.samples where name like 'Puromycin, %'))),
    'results', jsonb_build_array(jsonb_build_object('name', 'Michaelis-Menten, treated',
      'sample_id', (select id from lab.samples where name = 'Puromycin, treated'),
      'plot', jsonb_build_object('data', '[]'::jsonb),
      'values', jsonb_build_array(
        jsonb_build_object('measurand', 'Vm', 'value', 212.7, 'standard_error', 6.9, 'unit', '{counts}/min2'),
        jsonb_build_object('measurand', 'K', 'value', 0.0641, 'standard_error', 0.008, 'unit', '[ppm]'))))) || change
$$;
-- Built by the migrator, sent by people.
select set_config('tap.analysis', pg_temp.analysis()::text, true) is not null,
  set_config('tap.other_source', pg_temp.analysis(jsonb_build_object('source_sha256', repeat('c', 64)))::text, true) is not null;

select tap.as_person('rhea');
select tap.throws('select api_v1.register_analysis(current_setting($$tap.analysis$$)::jsonb)', 'PL003', 'a reviewer registers no analysis');
select tap.as_person('sten');
select tap.throws('select api_v1.register_analysis(current_setting($$tap.analysis$$)::jsonb)', 'PL004', 'for a stranger the experiment does not exist');

select tap.as_person('dina', 'kernel');
select set_config('tap.made', api_v1.register_analysis(current_setting('tap.analysis')::jsonb)::text, true) is not null;
select tap.ok(current_setting('tap.made')::jsonb -> 'results' -> 0 ->> 'code' ~ '^R-[2-9A-Z]{10}$', 'an analyst registers an analysis and gets the result''s code');
select tap.same((select count(*) from api_v1.result_values v join api_v1.results r on r.id = v.result_id where r.analysis_id = (current_setting('tap.made')::jsonb ->> 'analysis_id')::uuid), 2::bigint, 'with its values');
select tap.same(api_v1.register_analysis(current_setting('tap.analysis')::jsonb), current_setting('tap.made')::jsonb, 'the same key again gives the same answer');
select tap.same(tap.count($$select from api_v1.analyses where notebook = 'fit.ipynb'$$), 1::bigint, 'and registers nothing twice');
select tap.throws('select api_v1.register_analysis(current_setting($$tap.other_source$$)::jsonb)', 'PL009', 'the same key for another source is refused');
select tap.throws($$select api_v1.register_analysis(jsonb_set(current_setting('tap.analysis')::jsonb || '{"key": "019f0000-0000-7000-8000-000000000003"}',
  '{results,0,values,0,unit}', '"furlong"'))$$, '23503', 'a unit that the lab does not have is refused');
select tap.same(tap.count($$select from api_v1.analyses where notebook = 'fit.ipynb'$$), 1::bigint, 'and nothing of that analysis stands');
select tap.throws($$select api_v1.register_analysis(jsonb_set(current_setting('tap.analysis')::jsonb || '{"key": "019f0000-0000-7000-8000-000000000004"}',
  '{results,0,sample_id}', to_jsonb(uuidv7())))$$, 'PL004', 'a sample one may not see cannot be named');
select tap.throws($$select api_v1.register_analysis(jsonb_set(current_setting('tap.analysis')::jsonb || '{"key": "019f0000-0000-7000-8000-000000000005"}',
  '{results,0,plot}', '"<script>"'))$$, '23514', 'a plot is a figure, not a text');

select tap.same(
  array(select kind || ' ' || depth from api_v1.get_lineage((select r.id from api_v1.results r where r.analysis_id = (current_setting('tap.made')::jsonb ->> 'analysis_id')::uuid)) order by depth, name),
  '{result 0,analysis 1,sample 2,sample 2}', 'lineage leads from the result by the analysis to the samples');
select tap.as_person('sten');
select tap.same(tap.count(format('select from api_v1.get_lineage(%L)', current_setting('tap.made')::jsonb -> 'results' -> 0 ->> 'id')), 0::bigint,
  'a stranger gets none of it');
