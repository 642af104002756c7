-- Acts of judgement: a spoiled value is excluded, a run aborted, a deviation closed, a version made effective. And what is not written directly.

create function pg_temp.id_of(kind text, wanted text) returns uuid language plpgsql security definer as $$
declare id uuid;
begin
  execute format('select id from lab.%I where %I = $1', kind, case kind when 'projects' then 'code' else 'name' end) into strict id using wanted;
  return id;
end $$;
create function pg_temp.version_of(sop_code text, wanted integer) returns uuid language sql security definer as $$
  select v.id from lab.sop_versions v join lab.sops s on s.id = v.sop_id where s.code = sop_code and v.number = wanted
$$;
create function pg_temp.deviation(words text) returns uuid language sql security definer as $$ select id from lab.deviations where description = words $$;
create function pg_temp.tree(key text) returns jsonb language sql as $$
  select jsonb_build_object('block', 'step', 'key', key, 'title', 'Do', 'kind', 'manual', 'role', 'technician')
$$;
create function pg_temp.start(run_name text, key uuid default null) returns jsonb language sql as $$
  select api_v1.start_run('TAP', pg_temp.id_of('projects', 'IMM'), run_name, act_key => key)
$$;
grant execute on all functions in schema pg_temp to public;
insert into lab.sops (lab_id, code, title) select id, 'TAP', 'Test' from lab.labs where code = 'DEMO';
insert into lab.sop_versions (lab_id, sop_id, number, tree, created_by)
select s.lab_id, s.id, v.number, v.tree, p.id
from lab.sops s, lab.people p, (values (1, pg_temp.tree('one')), (2, pg_temp.tree('two')), (3, '{"block": "loop"}')) v (number, tree)
where s.code = 'TAP' and p.login = 'dina';

-- A version becomes effective.
select tap.as_person('tess');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 1), 'First')$$, 'PL003', 'a technician makes nothing effective');
select tap.as_person('sten');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 1), 'First')$$, 'PL004', 'for a stranger there is no such version');
select tap.as_person('rhea', via => 'kernel');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 1), 'First')$$, 'PL166', 'a reviewer does not do it from a notebook');
select tap.as_person('rhea');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 1), ' ')$$, 'PL008', 'nor without a reason');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 3), 'x')$$, 'PL030', 'nor with a tree that is not sound');
select tap.same(api_v1.make_effective(pg_temp.version_of('TAP', 1), 'First') ->> 'status', 'effective', 'in the browser, with a reason, she makes a version effective');
select tap.same(api_v1.make_effective(pg_temp.version_of('TAP', 1), 'First') ->> 'repeated', 'true', 'once more changes nothing');
select tap.same(api_v1.make_effective(pg_temp.version_of('TAP', 2), 'Better') ->> 'number', '2', 'and then the next');
select tap.same((select string_agg(v.number || ' ' || v.status, ', ' order by v.number) from api_v1.sop_versions v join api_v1.sops s on s.id = v.sop_id where s.code = 'TAP'),
  '1 retired, 2 effective, 3 draft', 'which retires the one before');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 1), 'Back')$$, 'PL031', 'what is retired stays so');
select tap.as_migrator();
select tap.same((select count(*) from audit.events where table_name = 'sop_versions' and reason = 'Better'), 2::bigint, 'the log keeps the reason');
insert into lab.sop_versions (lab_id, sop_id, number, tree, created_by)
select s.lab_id, s.id, 4, pg_temp.tree('four'), p.id from lab.sops s, lab.people p where s.code = 'TAP' and p.login = 'rhea';
select tap.as_person('rhea');
select tap.throws($$select api_v1.make_effective(pg_temp.version_of('TAP', 4), 'Mine')$$, 'PL169', 'nobody makes effective what they wrote');

-- A run is started once per key.
select tap.as_person('tess');
select tap.same(pg_temp.start('Acts', '019f0000-0000-7000-8000-0000000000c1') ->> 'repeated', 'false', 'a run is started with a key');
select tap.same(pg_temp.start('Acts', '019f0000-0000-7000-8000-0000000000c1') ->> 'run_id', pg_temp.id_of('sop_runs', 'Acts')::text, 'the same act names the same run');
select tap.same(tap.count($$select from api_v1.sop_runs where name = 'Acts'$$), 1::bigint, 'and starts no other');
select tap.throws($$select pg_temp.start('Other acts', '019f0000-0000-7000-8000-0000000000c1')$$, 'PL009', 'its key serves no other run');
select tap.lives($$select pg_temp.start('Twins')$$, 'without a key a run is started');
select tap.lives($$select pg_temp.start('Twins')$$, 'and another one');
select tap.same(tap.count($$select from api_v1.sop_runs where name = 'Twins'$$), 2::bigint, 'each for itself');

-- A deviation is closed.
select tap.lives($$select api_v1.report_deviation(pg_temp.id_of('sop_runs', 'Acts'), 'two', 'The tube fell')$$, 'a technician reports a deviation');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'Never mind')$$, 'PL003', 'and does not close it');
select tap.as_person('sten');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'x')$$, 'PL004', 'for a stranger it does not exist');
select tap.as_person('rhea', via => 'kernel');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'x')$$, 'PL166', 'a reviewer does not close it from a notebook');
select tap.as_person('rhea');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), '')$$, 'PL008', 'nor without a decision');
select tap.same(api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'No effect on the result') ->> 'status', 'closed', 'in the browser, with a decision, she does');
select tap.same((select decision || ', ' || closed_by_name from api_v1.deviations where description = 'The tube fell'), 'No effect on the result, Rhea Castellan', 'which says what was decided, and by whom');
select tap.lives($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'No effect on the result')$$, 'the same act again is answered');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('The tube fell'), 'Another thought')$$, 'PL168', 'a closed deviation stays as it is');
select tap.lives($$select api_v1.report_deviation(pg_temp.id_of('sop_runs', 'Acts'), 'two', 'Seen by the reviewer')$$, 'a reviewer may report one');
select tap.throws($$select api_v1.close_deviation(pg_temp.deviation('Seen by the reviewer'), 'x')$$, 'PL167', 'and leaves closing it to someone else');

-- A run is aborted.
select tap.as_person('sten');
select tap.throws($$select api_v1.abort_run(pg_temp.id_of('sop_runs', 'Acts'), 'x')$$, 'PL004', 'for a stranger there is no run to abort');
select tap.as_person('tess');
select tap.throws($$select api_v1.abort_run(pg_temp.id_of('sop_runs', 'Acts'), null)$$, 'PL008', 'a run is not aborted without a reason');
select tap.same(api_v1.abort_run(pg_temp.id_of('sop_runs', 'Acts'), 'Wrong buffer') ->> 'status', 'aborted', 'with one it is');
select tap.same((select abort_reason from api_v1.sop_runs where name = 'Acts'), 'Wrong buffer', 'and says why');
select tap.same(api_v1.abort_run(pg_temp.id_of('sop_runs', 'Acts'), 'Wrong buffer') ->> 'repeated', 'true', 'the same act again changes nothing');
select tap.throws($$select api_v1.abort_run(pg_temp.id_of('sop_runs', 'Acts'), 'Another reason')$$, 'PL015', 'another one is refused');
select tap.throws($$select api_v1.advance_run(pg_temp.id_of('sop_runs', 'Acts'), 'two', '{}', uuidv7())$$, 'PL015', 'an aborted run moves no more');
select tap.as_migrator();
select tap.throws($$update lab.sop_runs set abort_reason = null where name = 'Acts'$$, '23514', 'no run is aborted without a reason, whoever writes');
select tap.throws($$update lab.deviations set closed_by = null where description = 'The tube fell'$$, '23514', 'no deviation is closed by nobody');

-- A spoiled value is excluded.
select set_config('tap.value', (select m.id::text from lab.measurements m join lab.projects p on p.id = m.project_id where p.code = 'ENZ' and m.excluded_reason is null order by m.id limit 1), true);
select tap.as_person('rhea');
select tap.throws($$select api_v1.exclude_measurement(current_setting('tap.value')::uuid, 'Bubble')$$, 'PL003', 'a reviewer excludes no value');
select tap.as_person('sten');
select tap.throws($$select api_v1.exclude_measurement(current_setting('tap.value')::uuid, 'Bubble')$$, 'PL004', 'for a stranger it does not exist');
select tap.as_person('tess');
select tap.throws($$select api_v1.exclude_measurement(current_setting('tap.value')::uuid, '  ')$$, 'PL008', 'a value is not excluded without a reason');
select tap.throws($$select api_v1.include_measurement(current_setting('tap.value')::uuid, 'x')$$, 'PL170', 'nor taken back while it is in');
select tap.same(api_v1.exclude_measurement(current_setting('tap.value')::uuid, ' Bubble in the well') ->> 'excluded_reason', 'Bubble in the well', 'a technician excludes it with a reason');
select tap.same(api_v1.exclude_measurement(current_setting('tap.value')::uuid, 'Bubble in the well') ->> 'repeated', 'true', 'once more changes nothing');
select tap.same((select excluded_reason || ' ' || version from api_v1.measurements where id = current_setting('tap.value')::uuid), 'Bubble in the well 2', 'it stays readable, and says why it is out');
select tap.lives($$select api_v1.include_measurement(current_setting('tap.value')::uuid, 'It was the neighbour')$$, 'it is taken back');
select tap.same((select excluded_reason from api_v1.measurements where id = current_setting('tap.value')::uuid), null, 'and counts again');
select tap.as_migrator();
select tap.same((select string_agg(h.version || ' ' || e.reason, ', ' order by h.version) from history.measurements h join audit.events e on e.id = h.event_id
  where h.id = current_setting('tap.value')::uuid and h.version > 1), '2 Bubble in the well, 3 It was the neighbour', 'the log keeps both reasons');

-- Every exposed view that one may not write answers with the right one lacks, also where it joins.
select tap.as_person('ada');
select tap.same(
  (select string_agg(format('%s (%s)', c.relname, code), ', ' order by c.relname)
   from pg_class c cross join lateral tap.code_of(format('insert into api_v1.%I default values', c.relname)) code
   where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and not has_any_column_privilege('member', c.oid, 'insert') and code is distinct from '42501'),
  null, 'a view that takes no rows says that one may not write it, and is not at a loss');
select tap.same(
  (select string_agg(format('%s (%s)', c.relname, code), ', ' order by c.relname)
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
   cross join lateral tap.code_of(format('update api_v1.%I set %I = %2$I', c.relname, a.attname)) code
   where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and not has_any_column_privilege('member', c.oid, 'update') and code is distinct from '42501'),
  null, 'nor takes edits');
select tap.same(
  (select string_agg(format('%s (%s)', c.relname, code), ', ' order by c.relname)
   from pg_class c cross join lateral tap.code_of(format('delete from api_v1.%I', c.relname)) code
   where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and code is distinct from '42501'),
  null, 'and none lets anything be deleted');
select tap.as_migrator();
grant update on api_v1.sop_runs to member;
select tap.as_person('ada');
select tap.throws($$update api_v1.sop_runs set name = 'x' where name = 'Acts'$$, 'PL165', 'were the right given by mistake, a view that joins would still refuse, in words');
