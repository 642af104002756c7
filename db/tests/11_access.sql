-- Who sees what. Owner, stranger, inactive and anonymous are asked the same questions; every "cannot see" proves that the row exists.

select tap.ok(tap.count('select from lab.samples') > 0 and tap.count('select from lab.measurements') > 0, 'the rows exist');

select tap.as_person('dina');
select tap.ok(tap.count('select from api_v1.samples') > 0, 'an analyst sees the samples of her lab');
select tap.same(tap.count($$select from api_v1.labs where code = 'NORTH'$$), 0::bigint, 'and not that another lab exists');
select tap.same(tap.count($$select from api_v1.people where login = 'sten'$$), 0::bigint, 'nor its people');

select tap.as_person('sten');
select tap.same(
  (select string_agg(v || ' ' || n, ', ')
   from (select relname::text as v, tap.count(format('select from api_v1.%I where lab_id <> (select lab_id from api_v1.me())', relname)) as n
         from pg_class c where relnamespace = 'api_v1'::regnamespace and relkind = 'v'
           and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'lab_id')) x where n > 0),
  null, 'a stranger sees no row of another lab in any exposed view');
select tap.same(tap.count('select from api_v1.sop_run_samples') + tap.count('select from api_v1.entry_versions'), 0::bigint,
  'nor in the views without a lab');
select tap.same((select count(*) from api_v1.changes c where c.record_id not in (
    select id from api_v1.labs union select id from api_v1.people union select id from api_v1.projects union select id from api_v1.memberships)),
  0::bigint, 'nor any change of them');
select tap.same(tap.count($$select from api_v1.search_records('sample')$$), 0::bigint, 'nor anything by search');

select tap.as_migrator();
select set_config('tap.code', (select code from lab.samples where name = 'Puromycin, treated'), true),
  set_config('tap.id', (select id::text from lab.samples where name = 'Puromycin, treated'), true),
  set_config('tap.project', (select id::text from lab.projects where code = 'ENZ'), true),
  set_config('tap.lab', (select id::text from lab.labs where code = 'DEMO'), true);

select tap.as_person('sten');
select tap.same(tap.count(format('select from api_v1.find_by_code(%L)', current_setting('tap.code'))), 0::bigint, 'nor by a code he holds in his hand');
select tap.same(tap.count(format('select from api_v1.get_lineage(%L)', current_setting('tap.id'))), 0::bigint, 'nor by lineage');
select tap.throws(format('insert into api_v1.samples (lab_id, project_id, name, sample_type) values (%L, %L, %L, %L)',
    current_setting('tap.lab'), current_setting('tap.project'), 'x', 'x'), '42501', 'he cannot write into a project he is not in');
select tap.throws(format('insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, %L, %L, %L from api_v1.me()',
    current_setting('tap.project'), 'x', 'x'), '42501', 'not even under his own lab''s name');

select tap.as_person('dina');
select tap.same(tap.count(format('select from api_v1.find_by_code(%L)', ' ' || lower(current_setting('tap.code')))), 1::bigint,
  'a member finds it by the same code, typed carelessly');
select tap.throws('select * from lab.people; update lab.people set active = false', '42501', 'a member cannot write a table behind the API');
select tap.throws($$select api_v1.search_records('password')$$, 'PL008', 'an unknown kind is refused in words');
select tap.throws($$select api_v1.search_records('sample', most => 100000)$$, 'PL022', 'a list has a bound');
select tap.same(tap.count($$select from api_v1.search_records('sample', '%')$$), 0::bigint, 'a percent sign is a character, not a wildcard');
select tap.throws($$update api_v1.units set name = 'x', version = 1$$, null, 'an edit that no policy allows touches no row');
select tap.same(tap.count($$select from api_v1.units where name = 'x'$$), 0::bigint, 'and changes nothing');

select tap.as_person('tess');
select tap.lives($$insert into api_v1.samples (lab_id, project_id, name, sample_type)
  select lab_id, id, 'Robert''); drop table "samples";-- 🧪 <script>alert(1)</script>', 'quoted' from api_v1.projects where code = 'ENZ'$$,
  'a technician registers a sample with quotes, emoji and markup in its name');
select tap.same((select name from api_v1.samples where sample_type = 'quoted'),
  'Robert''); drop table "samples";-- 🧪 <script>alert(1)</script>', 'and reads it back unchanged');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, '  ', 'x' from api_v1.projects where code = 'ENZ'$$,
  '23514', 'a sample needs a name');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type, amount) select lab_id, id, 'a', 'x', 5 from api_v1.projects where code = 'ENZ'$$,
  '23514', '5 is not an amount without its unit');

select tap.as_person('rhea');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'x', 'x' from api_v1.projects where code = 'ENZ'$$,
  '42501', 'a reviewer registers nothing');

-- One project only
select tap.as_migrator();
insert into lab.people (lab_id, login, name) select id, 'imm-only', 'Immunoassay only' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'imm-only' and j.code = 'IMM';
select tap.as_person('imm-only');
select tap.same(array(select code from api_v1.projects p where exists (select from api_v1.experiments e where e.project_id = p.id)), '{IMM}',
  'who belongs to one project sees the experiments of that one only');

-- Deactivated, wrong audience, nobody
select tap.as_migrator();
update lab.people set active = false where login = 'imm-only';
select tap.as_person('imm-only');
select tap.same(tap.count('select from api_v1.experiments'), 0::bigint, 'a deactivated person sees nothing from that moment on');
select tap.throws('select private.check_request()', 'PL002', 'and is told that the account may not act');
select tap.as_person('dina');
select set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"aud": "someone else"}')::text, true);
select tap.same(private.me(), null, 'a token for another audience is nobody');
select tap.as_anonymous();
select tap.throws('select private.check_request()', 'PL001', 'who is not signed in is told so');
select tap.throws('select * from api_v1.samples', '42501', 'and reads nothing');
