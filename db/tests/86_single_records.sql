-- Who is forbidden a single record is told nothing of it by the work around it: no test, link, set or text names it.

create function pg_temp.id_of(kind text, wanted text) returns uuid language plpgsql security definer as $$
declare id uuid;
begin
  execute format('select id from lab.%I where %I = $1', kind, case kind when 'projects' then 'code' when 'entries' then 'title' when 'requests' then 'title' else 'name' end) into strict id using wanted;
  return id;
end $$;
create function pg_temp.test_of(sample text) returns uuid language sql security definer as $$ select t.id from lab.tests t join lab.samples s on s.id = t.sample_id where s.name = sample $$;
create function pg_temp.deny(login text, kind text, record uuid) returns void language sql security definer as $$
  insert into lab.access_rules (lab_id, effect, person_id, record_kind, record_id, reason)
  select lab_id, 'deny', id, kind, record, 'Test' from lab.people p where p.login = deny.login
$$;
grant execute on all functions in schema pg_temp to public;
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, v.name, 'lysate' from lab.projects, (values ('Tap open'), ('Tap secret')) v (name) where code = 'ENZ';
insert into lab.experiments (lab_id, project_id, name) select lab_id, id, 'Tap ENZ' from lab.projects where code = 'ENZ';
insert into lab.entries (lab_id, project_id, experiment_id, title) select lab_id, project_id, id, 'Tap notes' from lab.experiments where name = 'Tap ENZ';
insert into lab.analyses (lab_id, project_id, experiment_id, title, notebook, source_sha256, started_at, finished_at, request_key)
  select lab_id, project_id, id, name, 'tap.ipynb', repeat('0', 64), now(), now(), gen_random_uuid() from lab.experiments where name = 'Tap ENZ';
insert into lab.results (lab_id, project_id, experiment_id, analysis_id, sample_id, name)
  select a.lab_id, a.project_id, a.experiment_id, a.id, s.id, s.name from lab.analyses a join lab.samples s on s.name like 'Tap %' where a.title = 'Tap ENZ';

select tap.as_person('dina');
select tap.lives($$select api_v1.submit_request(pg_temp.id_of('projects', 'ENZ'), 'Tap request', jsonb_agg(jsonb_build_object('sample_id', s.id, 'measurand', 'Vm')), gen_random_uuid())
  from api_v1.samples s where name like 'Tap %'$$, 'tests of two samples are asked for');
select tap.lives($$select api_v1.link_record(pg_temp.id_of('entries', 'Tap notes'), 'sample', s.id) from api_v1.samples s where name like 'Tap %'$$, 'an entry links to both');
select tap.lives($$select api_v1.make_result_set(pg_temp.id_of('projects', 'ENZ'), 'Tap set', array(select r.id from api_v1.results r where name like 'Tap %'), gen_random_uuid())$$, 'a set holds both results');
select tap.as_migrator();
select pg_temp.deny('arno', 'samples', pg_temp.id_of('samples', 'Tap secret')), pg_temp.deny('rhea', 'samples', pg_temp.id_of('samples', 'Tap secret'));

select tap.as_person('rhea');
select tap.throws($$select api_v1.review_result_set(pg_temp.id_of('result_sets', 'Tap set'))$$, 'PL003', 'who may not see all of a set does not review it');
select tap.as_person('ada');
select tap.lives($$select api_v1.review_result_set(pg_temp.id_of('result_sets', 'Tap set')), api_v1.release_result_set(pg_temp.id_of('result_sets', 'Tap set'))$$, 'who may does');
select tap.ok((select content like '%"Tap secret"%' from api_v1.result_sets where name = 'Tap set'), 'and reads what was released');

select tap.as_person('arno');
select tap.same((select string_agg(name, ', ') from api_v1.samples where name like 'Tap %'), 'Tap open', 'an analyst who is forbidden one of the samples sees the other');
select tap.same((select string_agg(sample_name, ', ') from api_v1.tests where request_title = 'Tap request'), 'Tap open', 'with its test');
select tap.same((select test_count from api_v1.requests where title = 'Tap request'), 1::bigint, 'the request counts no other');
select tap.throws($$select api_v1.finish_tests(array[pg_temp.test_of('Tap secret')])$$, 'PL004', 'and no other can be done');
select tap.throws($$select api_v1.submit_request(pg_temp.id_of('projects', 'ENZ'), 'x', jsonb_build_array(jsonb_build_object('sample_id', pg_temp.id_of('samples', 'Tap secret'), 'measurand', 'Vm')), gen_random_uuid())$$,
  'PL161', 'nor asked for');
select tap.same((select string_agg(name, ', ') from api_v1.entry_links where entry_id = pg_temp.id_of('entries', 'Tap notes')), 'Tap open', 'the entry links to no other');
select tap.throws($$select api_v1.link_record(pg_temp.id_of('entries', 'Tap notes'), 'sample', pg_temp.id_of('samples', 'Tap secret'))$$, 'PL004', 'nor can it');
select tap.same((select string_agg(result_name, ', ') from api_v1.result_set_items where result_set_id = pg_temp.id_of('result_sets', 'Tap set')), 'Tap open', 'the set holds no other');
select tap.same((select result_count || coalesce(content, ' nothing') from api_v1.result_sets where name = 'Tap set'), '1 nothing', 'and its text, which names it, is not for him');
select tap.throws($$select api_v1.make_result_set(pg_temp.id_of('projects', 'ENZ'), 'x', array[pg_temp.id_of('results', 'Tap secret')], gen_random_uuid())$$, 'PL004', 'nor can he bundle it');
