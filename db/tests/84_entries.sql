-- An entry begins from a template, links to records, and is locked: from then on nobody changes it.

create function pg_temp.id_of(kind text, wanted text) returns uuid language plpgsql security definer as $$
declare id uuid;
begin
  execute format('select id from lab.%I where %I = $1', kind, case kind when 'entries' then 'title' else 'name' end) into strict id using wanted;
  return id;
end $$;
create function pg_temp.entry() returns uuid language sql security definer as $$ select id from lab.entries where title = 'Tap entry' $$;
create function pg_temp.link(kind text, record uuid) returns jsonb language sql as $$ select api_v1.link_record(pg_temp.entry(), kind, record, 'what it is') $$;
create function pg_temp.link_of(sample uuid) returns uuid language sql security definer as $$ select id from lab.entry_links where sample_id = sample and entry_id = pg_temp.entry() $$;
create function pg_temp.start(key uuid default gen_random_uuid()) returns jsonb language sql as $$
  select api_v1.start_entry(pg_temp.id_of('experiments', 'Tap experiment'), pg_temp.id_of('entry_templates', 'Tap template'), 'Tap entry', key)
$$;
grant execute on all functions in schema pg_temp to public;
insert into lab.people (lab_id, login, name) select id, 'tap-enz', 'Enno of Enzymology' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'tap-enz' and j.code = 'ENZ';
insert into lab.experiments (lab_id, project_id, name) select lab_id, id, 'Tap experiment' from lab.projects where code = 'ENZ';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Tap near', 'lysate' from lab.projects where code = 'ENZ';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Tap far', 'lysate' from lab.projects where code = 'IMM';

-- Begun.
select tap.as_person('tess');
select tap.throws($$insert into api_v1.entry_templates (lab_id, name, document) select lab_id, 'x', '{"type": "doc"}' from api_v1.me()$$, '42501', 'a technician makes no template');
select tap.as_person('dina');
select tap.throws($$insert into api_v1.entry_templates (lab_id, name, document) select lab_id, 'x', '{"type": "text"}' from api_v1.me()$$, '23514', 'a template is a document');
select tap.lives($$insert into api_v1.entry_templates (lab_id, name, document) select lab_id, 'Tap template', '{"type": "doc", "content": [{"type": "heading"}]}' from api_v1.me()$$, 'an analyst of the lab makes one');
select tap.as_person('rhea');
select tap.throws($$select pg_temp.start()$$, 'PL003', 'a reviewer begins no entry');
select tap.as_person('sten');
select tap.throws($$select pg_temp.start()$$, 'PL004', 'for a stranger there is no such experiment');
select tap.as_person('tess');
select tap.same(pg_temp.start('019f0000-0000-7000-8000-0000000000a4') ->> 'title', 'Tap entry', 'a technician begins an entry with it');
select tap.same(pg_temp.start('019f0000-0000-7000-8000-0000000000a4') ->> 'repeated', 'true', 'once');
select tap.same((select document #>> '{content,0,type}' from api_v1.entries where title = 'Tap entry'), 'heading', 'it holds what the template holds');
select tap.as_person('dina');
select tap.lives($$update api_v1.entry_templates set active = false, version = version where name = 'Tap template'$$, 'a template is taken out of use');
select tap.throws($$select pg_temp.start()$$, 'PL004', 'and begins no further entry');

-- Linked.
select tap.throws($$select pg_temp.link('sample', gen_random_uuid())$$, 'PL004', 'a link leads to a record that is there');
select tap.throws($$select pg_temp.link('password', gen_random_uuid())$$, 'PL008', 'of a kind that is known');
select tap.lives($$select pg_temp.link('sample', pg_temp.id_of('samples', 'Tap near'))$$, 'an analyst links a sample');
select tap.lives($$select pg_temp.link('sample', pg_temp.id_of('samples', 'Tap near'))$$, 'again, which changes nothing');
select tap.lives($$select pg_temp.link('sample', pg_temp.id_of('samples', 'Tap far'))$$, 'and one of another project, which she sees');
select tap.lives($$select pg_temp.link('experiment', pg_temp.id_of('experiments', 'Tap experiment'))$$, 'and the experiment');
select tap.same((select string_agg(kind || ' ' || name, ', ' order by kind, name) from api_v1.entry_links where entry_id = pg_temp.entry()), 'experiment Tap experiment, sample Tap far, sample Tap near', 'the links say what they lead to');
select tap.as_person('tap-enz');
select tap.same((select string_agg(kind || ' ' || name, ', ' order by kind, name) from api_v1.entry_links where entry_id = pg_temp.entry()), 'experiment Tap experiment, sample Tap near', 'to who may not see the other project, its sample is not there');
select tap.throws($$select pg_temp.link('sample', pg_temp.id_of('samples', 'Tap far'))$$, 'PL004', 'nor can it be linked');
select tap.throws($$insert into api_v1.entry_links (entry_id) values (gen_random_uuid())$$, '42501', 'nor is a link written directly');
select tap.same(api_v1.unlink_record(pg_temp.link_of(pg_temp.id_of('samples', 'Tap near'))) ->> 'repeated', 'false', 'a link is taken away');
select tap.ok((select removed_at is not null from api_v1.entry_links where sample_id = pg_temp.id_of('samples', 'Tap near')), 'and says when');
select tap.as_person('sten');
select tap.throws($$select api_v1.unlink_record(pg_temp.link_of(pg_temp.id_of('samples', 'Tap near')))$$, 'PL004', 'for a stranger there is no link');

-- Locked.
select tap.throws($$select api_v1.lock_entry(pg_temp.entry(), 1)$$, 'PL004', 'nor an entry');
select tap.as_person('rhea');
select tap.throws($$select api_v1.lock_entry(pg_temp.entry(), 1)$$, 'PL003', 'a reviewer locks none');
select tap.as_person('dina');
select tap.throws($$update api_v1.entries set locked_at = now(), version = 1 where title = 'Tap entry'$$, '42501', 'an entry is not locked by an edit');
select tap.throws($$insert into api_v1.entries (lab_id, project_id, experiment_id, title, locked_at, locked_by) select lab_id, project_id, experiment_id, 'x', now(), created_by from api_v1.entries where title = 'Tap entry'$$,
  'PL008', 'nor born locked');
select tap.lives($$update api_v1.entries set title = 'Tap entry', document = '{"type": "doc", "content": [{"type": "paragraph"}]}', version = 1 where title = 'Tap entry'$$, 'it is edited');
select tap.throws($$select api_v1.lock_entry(pg_temp.entry(), 1)$$, 'PL006', 'who read an older version does not lock what they have not seen');
select tap.same(api_v1.lock_entry(pg_temp.entry(), 2) ->> 'repeated', 'false', 'who read this one does');
select tap.same(api_v1.lock_entry(pg_temp.entry(), 2) ->> 'repeated', 'true', 'once');
select tap.throws($$update api_v1.entries set title = 'Tap later', version = 3 where title = 'Tap entry'$$, 'PL176', 'a locked entry takes no edit');
select tap.throws($$select pg_temp.link('sample', pg_temp.id_of('samples', 'Tap near'))$$, 'PL176', 'no link');
select tap.throws($$select api_v1.unlink_record(pg_temp.link_of(pg_temp.id_of('samples', 'Tap far')))$$, 'PL176', 'and loses none');
select tap.as_person('tess');
select tap.throws($$select api_v1.lock_entry(pg_temp.entry(), 3)$$, 'PL176', 'nor is it locked by another');
select tap.as_migrator();
select tap.throws($$update lab.entries set locked_at = null, locked_by = null where title = 'Tap entry'$$, 'PL176', 'and nobody unlocks it, whoever writes');
