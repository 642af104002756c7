-- An analyst bundles results, a reviewer reviews and releases them: from then on they stay. A correction is a further version.

create function pg_temp.project(wanted text) returns uuid language sql security definer as $$ select id from lab.projects where code = wanted $$;
create function pg_temp.result(wanted text) returns uuid language sql security definer as $$ select id from lab.results where name = wanted $$;
create function pg_temp.results(variadic wanted text[]) returns uuid[] language sql security definer as $$ select array_agg(id) from lab.results where name = any (wanted) $$;
create function pg_temp.bundle(wanted integer default 1) returns uuid language sql security definer as $$ select id from lab.result_sets where name = 'Tap set' and number = wanted $$;
create function pg_temp.standing() returns text language sql as $$
  select (select string_agg(number || ' ' || status, ', ' order by number) from api_v1.result_sets where name = 'Tap set') || '; '
    || (select string_agg(name || ' ' || status, ', ' order by name) from api_v1.results where name like 'Tap _')
$$;
grant execute on all functions in schema pg_temp to public;
insert into lab.experiments (lab_id, project_id, name) select lab_id, id, 'Tap ' || code from lab.projects where code in ('ENZ', 'IMM');
insert into lab.analyses (lab_id, project_id, experiment_id, title, notebook, source_sha256, started_at, finished_at, request_key)
  select lab_id, project_id, id, name, 'tap.ipynb', repeat('0', 64), now(), now(), gen_random_uuid() from lab.experiments where name in ('Tap ENZ', 'Tap IMM');
insert into lab.results (lab_id, project_id, experiment_id, analysis_id, name)
  select lab_id, project_id, experiment_id, id, v.name from lab.analyses, (values ('Tap A'), ('Tap B'), ('Tap C')) v (name) where title = 'Tap ENZ';
insert into lab.results (lab_id, project_id, experiment_id, analysis_id, name) select lab_id, project_id, experiment_id, id, 'Tap elsewhere' from lab.analyses where title = 'Tap IMM';
insert into lab.result_values (lab_id, project_id, result_id, measurand, value, standard_error, unit)
  select lab_id, project_id, id, 'Vm', 212.7, 6.9, '{counts}/min2' from lab.results where name = 'Tap A';

-- Made.
select tap.as_person('tess');
select tap.throws($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', pg_temp.results('Tap A'), gen_random_uuid())$$, 'PL003', 'a technician bundles no results');
select tap.as_person('sten');
select tap.throws($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', pg_temp.results('Tap A'), gen_random_uuid())$$, 'PL004', 'for a stranger there is no such project');
select tap.as_person('dina');
select tap.throws($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', '{}', gen_random_uuid())$$, 'PL008', 'a set holds results');
select tap.throws($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', pg_temp.results('Tap A', 'Tap elsewhere'), gen_random_uuid())$$, 'PL004', 'of its own project');
select tap.same(api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', pg_temp.results('Tap A', 'Tap B'), '019f0000-0000-7000-8000-0000000000a5') ->> 'results', '2', 'an analyst bundles two');
select tap.same(api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap set', pg_temp.results('Tap A', 'Tap B'), '019f0000-0000-7000-8000-0000000000a5') ->> 'repeated', 'true', 'once');
select tap.same(pg_temp.standing(), '1 preliminary; Tap A preliminary, Tap B preliminary, Tap C preliminary', 'they are preliminary');

-- Reviewed, released.
select tap.throws($$select api_v1.review_result_set(pg_temp.bundle())$$, 'PL003', 'an analyst reviews nothing');
select tap.as_person('rhea', via => 'kernel');
select tap.throws($$select api_v1.review_result_set(pg_temp.bundle())$$, 'PL166', 'nor does a reviewer from a notebook');
select tap.as_person('sten');
select tap.throws($$select api_v1.review_result_set(pg_temp.bundle())$$, 'PL004', 'for a stranger there is no such set');
select tap.as_person('rhea');
select tap.throws($$select api_v1.release_result_set(pg_temp.bundle())$$, 'PL177', 'what was not reviewed is not released');
select tap.same(api_v1.review_result_set(pg_temp.bundle()) ->> 'status', 'reviewed', 'a reviewer reviews it');
select tap.same(api_v1.review_result_set(pg_temp.bundle()) ->> 'repeated', 'true', 'once');
select tap.same(api_v1.release_result_set(pg_temp.bundle()) ->> 'status', 'released', 'and releases it');
select tap.same(api_v1.release_result_set(pg_temp.bundle()) ->> 'repeated', 'true', 'once');
select tap.same(pg_temp.standing(), '1 released; Tap A released, Tap B released, Tap C preliminary', 'its results are released with it');
select tap.ok((select content like '%"Tap A"%' and content like '%Vm = 212.7 {counts}/min2, standard error 6.9%' and content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')
  from api_v1.result_sets where id = pg_temp.bundle()), 'what was released is readable as text, with its hash');

-- Frozen, whoever writes.
select tap.as_migrator();
select tap.throws($$update lab.result_sets set name = 'x' where id = pg_temp.bundle()$$, 'PL177', 'a released set keeps its name');
select tap.throws($$update lab.result_sets set status = 'preliminary' where id = pg_temp.bundle()$$, 'PL177', 'and does not become preliminary again');
select tap.throws($$insert into lab.result_set_items (lab_id, project_id, result_set_id, result_id) select lab_id, project_id, pg_temp.bundle(), id from lab.results where name = 'Tap C'$$, 'PL177', 'takes no further result');
select tap.throws($$delete from lab.result_set_items where result_set_id = pg_temp.bundle()$$, 'PL177', 'and loses none');
select tap.throws($$update lab.results set name = 'x' where name = 'Tap A'$$, 'PL179', 'a released result stays as it is');
select tap.throws($$update lab.results set status = 'preliminary' where name = 'Tap A'$$, 'PL179', 'and released');
select tap.throws($$update lab.result_values set value = 1 where result_id = pg_temp.result('Tap A')$$, 'PL179', 'and so do its numbers');
select tap.throws($$delete from lab.result_values where result_id = pg_temp.result('Tap A')$$, 'PL179', 'of which none is lost');
select tap.throws($$insert into lab.result_values (lab_id, project_id, result_id, measurand, value, unit) select lab_id, project_id, id, 'K', 1, '[ppm]' from lab.results where name = 'Tap A'$$, 'PL179', 'and none added');

-- Corrected.
select tap.as_person('dina');
select tap.throws($$select api_v1.correct_result_set(pg_temp.bundle(), pg_temp.results('Tap A', 'Tap C'), ' ', gen_random_uuid())$$, 'PL008', 'a correction has a reason');
select tap.same(api_v1.correct_result_set(pg_temp.bundle(), pg_temp.results('Tap A', 'Tap C'), 'B was a typing mistake', '019f0000-0000-7000-8000-0000000000a6') ->> 'number', '2', 'an analyst begins a second version');
select tap.same(api_v1.correct_result_set(pg_temp.bundle(), pg_temp.results('Tap A', 'Tap C'), 'B was a typing mistake', '019f0000-0000-7000-8000-0000000000a6') ->> 'repeated', 'true', 'once');
select tap.throws($$select api_v1.correct_result_set(pg_temp.bundle(), pg_temp.results('Tap C'), 'Another idea', gen_random_uuid())$$, 'PL177', 'and not two of them at a time');
select tap.throws($$select api_v1.correct_result_set(pg_temp.bundle(2), pg_temp.results('Tap C'), 'Not yet', gen_random_uuid())$$, 'PL177', 'what was not released is not corrected');
select tap.same(pg_temp.standing(), '1 released, 2 preliminary; Tap A released, Tap B released, Tap C preliminary', 'until then the first one holds');
select tap.as_person('rhea');
select tap.lives($$select api_v1.review_result_set(pg_temp.bundle(2)), api_v1.release_result_set(pg_temp.bundle(2))$$, 'the second is reviewed and released');
select tap.same(pg_temp.standing(), '1 corrected, 2 released; Tap A released, Tap B corrected, Tap C released', 'the first is corrected, and so is what the second does not hold');

-- Invalidated.
select tap.throws($$select api_v1.invalidate_result_set(pg_temp.bundle(2), '')$$, 'PL008', 'a set is not invalidated without a reason');
select tap.as_person('dina');
select tap.throws($$select api_v1.invalidate_result_set(pg_temp.bundle(2), 'x')$$, 'PL003', 'nor by an analyst');
select tap.lives($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap other set', pg_temp.results('Tap A'), gen_random_uuid())$$, 'a result may stand in another set');
select tap.throws($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap third set', pg_temp.results('Tap B'), gen_random_uuid())$$, 'PL179', 'one that was corrected may not');
select tap.as_person('rhea');
select tap.lives($$select api_v1.review_result_set(id), api_v1.release_result_set(id) from api_v1.result_sets where name = 'Tap other set'$$, 'which is released too');
select tap.same(api_v1.invalidate_result_set(pg_temp.bundle(2), 'The reader was miscalibrated') ->> 'status', 'invalidated', 'a reviewer invalidates the set');
select tap.same(pg_temp.standing(), '1 corrected, 2 invalidated; Tap A released, Tap B corrected, Tap C invalidated', 'and its results, but for one that another set stands by');
select tap.throws($$select api_v1.invalidate_result_set(pg_temp.bundle(1), 'x')$$, 'PL177', 'what was corrected is not invalidated as well');
select tap.as_migrator();
insert into lab.memberships (lab_id, person_id, role) select lab_id, id, 'analyst' from lab.people where login = 'rhea';
select tap.as_person('rhea');
select tap.lives($$select api_v1.make_result_set(pg_temp.project('ENZ'), 'Tap own set', pg_temp.results('Tap A'), gen_random_uuid())$$, 'who is reviewer and analyst makes a set');
select tap.throws($$select api_v1.review_result_set(id) from api_v1.result_sets where name = 'Tap own set'$$, 'PL178', 'and leaves its review to someone else');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.result_sets') + tap.count('select from api_v1.result_set_items'), 0::bigint, 'a stranger sees none of it');
