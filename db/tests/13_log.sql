-- One log: each write leaves an event and the row as it became; nobody rewrites it; an order is given to what is settled.

select set_config('tap.events', (select count(*)::text from audit.events), true);
select tap.as_person('tess');
select set_config('petri.reason', 'a reason', true);
insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, n, 'logged' from api_v1.projects, unnest('{a,b}'::text[]) n where code = 'ENZ';
update api_v1.samples set name = 'a2', version = 1 where name = 'a' and sample_type = 'logged';

select tap.as_migrator();
select tap.same((select count(*) from audit.events) - current_setting('tap.events')::bigint, 2::bigint, 'two statements are two events');
select tap.same(
  (select array_agg(act || ' ' || row_count || ' ' || reason || ' ' || via order by id) from (select * from audit.events order by id desc limit 2) e),
  '{insert 2 a reason browser,update 1 a reason browser}', 'which say what, how many, why and from where');
select tap.same((select p.login from audit.events e join lab.people p on p.id = e.person_id order by e.id desc limit 1), 'tess', 'and who');
select tap.same((select array_agg(name || version order by name, version) from history.samples where sample_type = 'logged'), '{a1,a22,b1}', 'history holds every version');
select tap.ok(not exists (
    select from lab.samples s left join history.samples h on h.id = s.id and h.version = s.version
    where h.id is null or to_jsonb(s) <> to_jsonb(h) - 'event_id' - 'act'),
  'the newest history row of every sample equals the sample');

delete from lab.samples where sample_type = 'logged' and name = 'b';
select tap.same((select h.act from history.samples h where sample_type = 'logged' and name = 'b' order by event_id desc limit 1), 'delete',
  'even a deletion behind the API leaves its row');

select tap.throws('update audit.events set reason = null', '42501', 'an event is never changed');
select tap.throws('delete from audit.events', '42501', 'nor deleted');
select tap.throws('truncate audit.events cascade', '42501', 'nor truncated');
select tap.throws('update audit.positions set position = position + 1', '42501', 'a position is never changed');
select tap.throws('delete from history.samples', '42501', 'the past is never deleted');
select tap.throws($$update history.samples set name = 'x'$$, '42501', 'nor rewritten');

select tap.as_person('tess');
select tap.throws('insert into audit.events (lab_id, table_name, act, row_count) select lab_id, $$samples$$, $$insert$$, 1 from api_v1.me()', '42501', 'a member cannot invent an event');
select tap.throws('select private.assign_positions()', '42501', 'nor give positions');

select tap.as_migrator();
set local role worker;
select private.assign_positions();
reset role;
select tap.ok(not exists (select from audit.positions p join audit.events e on e.id = p.event_id where e.xid = pg_current_xact_id()),
  'an open transaction has no positions yet');
select tap.same((select count(*) from audit.positions), (select count(*) from audit.events e where e.xid < pg_snapshot_xmin(pg_current_snapshot())),
  'every settled event has one');
select tap.same((select count(*) from audit.positions), (select max(position) from audit.positions), 'positions have no gaps');
select tap.same((select last_position from audit.sequencer), (select max(position) from audit.positions), 'and the sequencer knows the last');
select tap.as_person('dina');
select tap.ok(tap.count('select from api_v1.changes where table_name = $$samples$$') > 0, 'members read the changes of what they may see, in order');

select tap.as_migrator();
select set_config('tap.last', (select max(position)::text from audit.positions), true);
select tap.as_person('dina');
select set_config('tap.told', (select max(position)::text from api_v1.read_changes(0, 1000)), true);
select tap.same(
  array(select position || ' ' || record_id from api_v1.read_changes(0, 1000) where table_name = 'samples' and record_id is not null order by 1),
  array(select c.position || ' ' || c.record_id from api_v1.changes c join audit.positions p on p.position = c.position join audit.events e on e.id = p.event_id
    where c.table_name = 'samples' and e.row_count <= 100 and c.position <= current_setting('tap.told')::bigint order by 1), 'the feed of changes tells the same, page by page');
select tap.same(array(select distinct table_name from api_v1.read_changes(0, 1000) where record_id is null and table_name = 'measurements'), '{measurements}',
  'a change of very many rows tells its kind only');
select tap.same(tap.count(format('select from api_v1.read_changes(%s)', current_setting('tap.last'))), 0::bigint, 'after the last position there is nothing');
select tap.throws('select api_v1.read_changes(0, 0)', 'PL022', 'a page has a bound');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.read_changes(0) where table_name = $$samples$$'), 0::bigint, 'a stranger is told none of it');
