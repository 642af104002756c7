-- Grants and denials, down to a single record, for a person or a team. The same people are asked the same questions throughout;
-- every "cannot see" is preceded by the sentence that the row exists, and every denial by its positive control.

select set_config('tap.lab', (select id::text from lab.labs where code = 'DEMO'), true),
  set_config('tap.enz', (select id::text from lab.projects where code = 'ENZ'), true),
  set_config('tap.imm', (select id::text from lab.projects where code = 'IMM'), true),
  set_config('tap.north', (select id::text from lab.labs where code = 'NORTH'), true);

create function tap.id(name text) returns uuid language sql as $$ select current_setting('tap.' || name)::uuid $$;
create function tap.rule(effect text, login text, kind text, record uuid, role text default null, team text default null, project uuid default null)
returns void language sql as $$
  insert into lab.access_rules (lab_id, effect, person_id, team_id, project_id, record_kind, record_id, role, reason)
  values (tap.id('lab'), effect, (select p.id from lab.people p where p.login = rule.login),
    (select t.id from lab.teams t where t.code = rule.team), project, kind, record, role, 'test')
$$;
grant execute on all functions in schema tap to public;

-- The cast: mira belongs to one project, gus to none, tom and tea are a team. Two samples and two experiments of each project.
insert into lab.people (lab_id, login, name)
select tap.id('lab'), l, l from unnest('{mira,gus,tom,tea,stella}'::text[]) l;
insert into lab.memberships (lab_id, person_id, project_id, role)
select lab_id, id, tap.id('imm'), 'technician' from lab.people where login in ('mira', 'stella');
insert into lab.teams (lab_id, code, name) values (tap.id('lab'), 'T1', 'Team one');
insert into lab.team_members (lab_id, team_id, person_id)
select tap.id('lab'), t.id, p.id from lab.teams t, lab.people p where t.code = 'T1' and p.login in ('tom', 'tea');
select set_config('tap.' || lower(p.code) || n, uuidv7()::text, true), set_config('tap.' || lower(p.code) || 'x' || n, uuidv7()::text, true)
from lab.projects p, generate_series(1, 2) n where p.code in ('ENZ', 'IMM');
insert into lab.samples (lab_id, project_id, id, name, sample_type)
select tap.id('lab'), tap.id(p), tap.id(p || n), 'Tap ' || p || n, 'tap' from unnest('{enz,imm}'::text[]) p, generate_series(1, 2) n;
insert into lab.experiments (lab_id, project_id, id, name)
select tap.id('lab'), tap.id(p), tap.id(p || 'x' || n), 'Tap ' || p || n from unnest('{enz,imm}'::text[]) p, generate_series(1, 2) n;
insert into lab.entries (lab_id, project_id, experiment_id, title)
select tap.id('lab'), tap.id(p), tap.id(p || 'x' || n), 'Tap entry' from unnest('{enz,imm}'::text[]) p, generate_series(1, 2) n;
insert into lab.measurements (lab_id, project_id, experiment_id, sample_id, measurand, unit, value, reported)
select tap.id('lab'), tap.id(p), tap.id(p || 'x' || x), tap.id(p || n), 'signal', '1', 1, '1'
from unnest('{enz,imm}'::text[]) p, generate_series(1, 2) n, generate_series(1, 2) x;
insert into lab.analyses (lab_id, project_id, experiment_id, title, notebook, source_sha256, started_at, finished_at, request_key)
select tap.id('lab'), tap.id(p), tap.id(p || 'x' || n), 'Tap', 'tap', repeat('0', 64), now(), now(), uuidv7()
from unnest('{enz,imm}'::text[]) p, generate_series(1, 2) n;
insert into lab.results (lab_id, project_id, experiment_id, analysis_id, sample_id, name)
select a.lab_id, a.project_id, a.experiment_id, a.id, case a.project_id when tap.id('enz') then tap.id('enz1') else tap.id('imm1') end, 'Tap result'
from lab.analyses a where a.title = 'Tap';
insert into lab.result_values (lab_id, project_id, result_id, measurand, unit, value)
select lab_id, project_id, id, 'signal', '1', 1 from lab.results where name = 'Tap result';
insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
values (tap.id('lab'), tap.id('imm'), tap.id('imm2'), tap.id('imm1'), 'aliquot');

-- What somebody sees of all that, in one line.
create function tap.sees() returns text language sql as $$
  select format('%s samples, %s experiments, %s entries, %s measurements, %s results, %s values, %s origins',
    (select count(*) from api_v1.samples where sample_type = 'tap'),
    (select count(*) from api_v1.experiments where name like 'Tap %'),
    (select count(*) from api_v1.entries where title = 'Tap entry'),
    (select count(*) from api_v1.measurements where sample_id in (tap.id('enz1'), tap.id('enz2'), tap.id('imm1'), tap.id('imm2'))),
    (select count(*) from api_v1.results where name = 'Tap result'),
    (select count(*) from api_v1.result_values v where v.value = 1 and v.measurand = 'signal'),
    (select count(*) from api_v1.sample_origins where parent_id = tap.id('imm1')))
$$;
grant execute on all functions in schema tap to public;

select tap.as_person('ada');
select tap.same(tap.sees(), '4 samples, 4 experiments, 4 entries, 8 measurements, 4 results, 4 values, 1 origins', 'the rows exist: a lab admin sees all of them');
select tap.as_person('mira');
select tap.same(tap.sees(), '2 samples, 2 experiments, 2 entries, 4 measurements, 2 results, 2 values, 1 origins', 'a member of one project sees its rows');
select tap.as_person('gus');
select tap.same(tap.sees(), '0 samples, 0 experiments, 0 entries, 0 measurements, 0 results, 0 values, 0 origins', 'who belongs to none sees nothing');
select tap.same(tap.count('select from api_v1.units'), 0::bigint, 'not even the units');

-- A grant on a single record
select tap.as_migrator();
select tap.rule('allow', 'gus', 'samples', tap.id('enz1'), 'viewer');
select tap.as_person('gus');
select tap.same(tap.sees(), '1 samples, 0 experiments, 0 entries, 2 measurements, 2 results, 2 values, 0 origins',
  'a granted sample brings its measurements and results, not its experiment, and nothing beside it');
select tap.ok(tap.count('select from api_v1.units') > 0, 'and the vocabulary to read them by');
select tap.same(tap.count(format('select from api_v1.changes where record_id = %L', current_setting('tap.enz1')))
  + tap.count(format('select from api_v1.changes where record_id = %L', current_setting('tap.enz2'))), 0::bigint, 'no position yet, no change');
select tap.lives(format($$update api_v1.samples set description = 'mine', version = 1 where id = %L$$, current_setting('tap.enz1')), 'he edits it');
select tap.same((select description from api_v1.samples where id = tap.id('enz1')), '', 'in vain: a viewer changes nothing');
select tap.throws($$insert into api_v1.access_rules (lab_id, effect, person_id, role, reason) select lab_id, 'allow', id, 'lab_admin', 'x' from api_v1.me()$$,
  '42501', 'nor does he grant himself more');
select tap.as_migrator();
select tap.rule('allow', 'gus', 'samples', tap.id('enz2'), 'technician');
select tap.as_person('gus');
select tap.lives(format($$update api_v1.samples set description = 'mine', version = 1 where id = %L$$, current_setting('tap.enz2')), 'who is technician of a record');
select tap.same((select description from api_v1.samples where id = tap.id('enz2')), 'mine', 'edits it');
select tap.as_migrator();
select tap.rule('allow', 'gus', 'experiments', tap.id('immx1'), 'viewer');
select tap.as_person('gus');
select tap.same(tap.sees(), '2 samples, 1 experiments, 1 entries, 6 measurements, 3 results, 3 values, 0 origins',
  'a granted experiment brings its entries, measurements and results, and the values of those');
select tap.same((select status from api_v1.results where experiment_id = tap.id('immx1')), 'preliminary', 'as they stand');
select tap.as_migrator();
set local role law;
select tap.same(private.may_see('samples', tap.id('enz1')), false, 'nobody in particular sees nothing');
reset role;
select set_config('request.jwt.claims', json_build_object('sub', (select id from lab.people where login = 'gus'), 'aud', 'petri')::text, true);
set local role law;
select tap.ok(private.may_see('samples', tap.id('enz1')) and private.may_see('measurements', m.id), 'definer functions are told the same')
from lab.measurements m where m.sample_id = tap.id('enz1') limit 1;
select tap.same(array(select private.visible_records('experiments', array[tap.id('immx1'), tap.id('immx2')])), array[tap.id('immx1')],
  'also of many at once');
reset role;

-- A denial wins, whatever grants
select tap.rule('deny', 'gus', 'samples', tap.id('enz1'));
select tap.rule('deny', 'mira', 'samples', tap.id('imm1'));
select tap.rule('deny', 'ada', 'experiments', tap.id('immx2'));
select tap.as_person('gus');
select tap.same(tap.sees(), '1 samples, 1 experiments, 1 entries, 4 measurements, 1 results, 1 values, 0 origins',
  'a record that is granted and denied is denied');
select tap.as_person('stella');
select tap.same(tap.sees(), '2 samples, 2 experiments, 2 entries, 4 measurements, 2 results, 2 values, 1 origins', 'her colleague still sees what');
select tap.as_person('mira');
select tap.same(tap.sees(), '1 samples, 2 experiments, 2 entries, 2 measurements, 0 results, 0 values, 0 origins',
  'a member does not see what is denied to her: the sample, its measurements, its results, their values, and where it went');
select tap.same(tap.count(format('select from api_v1.get_lineage(%L) where depth <> 0', current_setting('tap.imm2'))), 0::bigint,
  'lineage ends before a hidden sample, and counts nothing');
select tap.lives(format($$update api_v1.samples set description = 'blind', version = 1 where id = %L$$, current_setting('tap.imm1')), 'an edit of it by its id');
select tap.as_migrator();
select tap.same((select description from lab.samples where id = tap.id('imm1')), '', 'touches nothing');
select tap.as_person('ada');
select tap.same(tap.sees(), '4 samples, 3 experiments, 3 entries, 6 measurements, 3 results, 3 values, 1 origins', 'a lab admin is no exception');
select tap.ok(tap.count('select from api_v1.access_rules') >= 6, 'but keeps the rules and reads them');
select tap.as_person('mira');
select tap.same(tap.count('select from api_v1.access_rules'), 0::bigint, 'whom a rule denies something does not read that');

-- A team, a project, the lab; and time
select tap.as_migrator();
select tap.rule('allow', null, null, null, 'technician', 'T1', tap.id('enz'));
select tap.as_person('tom');
select tap.same(tap.sees(), '2 samples, 2 experiments, 2 entries, 4 measurements, 2 results, 2 values, 0 origins', 'a team sees the project it was granted');
select tap.lives(format($$insert into api_v1.samples (lab_id, project_id, name, sample_type) values (%L, %L, 'By a team', 'team')$$,
  current_setting('tap.lab'), current_setting('tap.enz')), 'and works in it in its role');
select tap.as_migrator();
update lab.team_members m set valid_until = now() from lab.people p where p.id = m.person_id and p.login = 'tea';
select tap.as_person('tea');
select tap.same(tap.sees(), '0 samples, 0 experiments, 0 entries, 0 measurements, 0 results, 0 values, 0 origins', 'who left the team sees nothing of it');
select tap.as_migrator();
select tap.rule('deny', 'tom', null, null, project => tap.id('enz'));
select tap.as_person('tom');
select tap.same(tap.sees(), '0 samples, 0 experiments, 0 entries, 0 measurements, 0 results, 0 values, 0 origins', 'a project denied to a person wins over his team''s');
select tap.as_migrator();
update lab.access_rules r set valid_until = now() from lab.people p where p.id = r.person_id and p.login = 'tom' and r.effect = 'deny';
select tap.as_person('tom');
select tap.same(tap.sees(), '2 samples, 2 experiments, 2 entries, 4 measurements, 2 results, 2 values, 0 origins', 'until the denial ends');
select tap.as_migrator();
select tap.rule('deny', 'stella', null, null);
select tap.as_person('stella');
select tap.same(tap.sees(), '0 samples, 0 experiments, 0 entries, 0 measurements, 0 results, 0 values, 0 origins', 'who is denied the lab sees nothing');
select tap.same(tap.count('select from api_v1.labs'), 0::bigint, 'not even the lab');
select tap.as_migrator();
update lab.memberships m set valid_until = now() from lab.people p where p.id = m.person_id and p.login = 'mira';
select tap.as_person('mira');
select tap.same(tap.sees(), '0 samples, 0 experiments, 0 entries, 0 measurements, 0 results, 0 values, 0 origins', 'a membership that ended gives nothing');

-- What a rule cannot be
select tap.as_migrator();
select tap.throws(format($$select tap.rule('deny', 'gus', 'units', %L)$$, uuidv7()), 'PL100', 'a unit is nobody''s: single units are not denied');
select tap.throws(format($$select tap.rule('deny', 'gus', 'samples', %L)$$, uuidv7()), 'PL004', 'a rule speaks of a record that exists');
select tap.throws(format($$insert into lab.access_rules (lab_id, effect, person_id, record_kind, record_id, reason)
  select %L, 'deny', (select id from lab.people where login = 'sten'), 'samples', %L, 'x'$$, current_setting('tap.north'), current_setting('tap.enz1')),
  'PL004', 'of its own lab');
select tap.throws($$select tap.rule('allow', 'gus', null, null, 'auditor')$$, '23514', 'an auditor''s window has an end');
select tap.throws(format($$select tap.rule('allow', 'gus', 'samples', %L, 'lab_admin')$$, current_setting('tap.enz1')), '23514', 'nobody is admin of a sample');
