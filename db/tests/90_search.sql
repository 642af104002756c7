-- One search over all kinds: what it finds, in which order, and what it never tells.

create function pg_temp.found(query text, kinds text[] default null)
returns text
language sql
as $$ select coalesce(string_agg(kind || ' ' || title, ' | ' order by score desc, id desc), '') from api_v1.search_all(query, kinds) $$;

grant execute on function pg_temp.found(text, text[]) to public;

-- Ines belongs to one project; Dina to all; Sten to another lab.
insert into lab.people (lab_id, login, name) select id, 'ines', 'Ines Alt' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'ines' and j.code = 'IMM' and j.lab_id = p.lab_id;
insert into lab.samples (lab_id, project_id, code, name, sample_type, description)
  select lab_id, id, 'S-FINDME2', 'Müller''s zymolyase IL-6 digest', 'lysate', 'Kept on ice; µ-calpain added' from lab.projects where code = 'ENZ'
  union all
  select lab_id, id, 'S-FINDME3', 'Zymolyase blank', 'buffer', '' from lab.projects where code = 'IMM'
  union all
  select lab_id, id, 'S-FINDME4', 'Of the north', 'buffer', 'Holds zymolyase' from lab.projects where code = 'OWN';
insert into lab.entries (lab_id, project_id, experiment_id, title, document)
  select lab_id, project_id, id, 'Notes', '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "We saw quenchless behaviour."}]}]}'
  from lab.experiments where name = 'Puromycin';
select tap.ok(tap.count($$select from private.search_documents where words @@ 'zymolyase'$$) > 2, 'the words stand in the index, of other projects and labs too');

select tap.as_person('dina');
select tap.same(pg_temp.found('zymolyase'), 'sample Zymolyase blank | sample Müller''s zymolyase IL-6 digest', 'a word finds the records whose titles or texts hold it, the nearer title first');
select tap.same(pg_temp.found('MULLER'), 'sample Müller''s zymolyase IL-6 digest', 'case and accents do not matter');
select tap.same(pg_temp.found('il6') || pg_temp.found('IL-6 zymo'), 'sample Müller''s zymolyase IL-6 digest', 'a hyphen parts words, and a word may be begun');
select tap.same(pg_temp.found('μ-calpain'), 'sample Müller''s zymolyase IL-6 digest', 'the two letters for micro are one');
select tap.same(pg_temp.found('S-FINDME2'), 'sample Müller''s zymolyase IL-6 digest', 'a code finds its record');
select tap.same(pg_temp.found(' s-findme'), 'sample Zymolyase blank | sample Müller''s zymolyase IL-6 digest', 'a code may be begun, and typed carelessly');
select tap.same(pg_temp.found('zymolyse'), 'sample Zymolyase blank | sample Müller''s zymolyase IL-6 digest', 'a misspelt word finds what is like it');
select tap.same(pg_temp.found('molyase'), 'sample Zymolyase blank | sample Müller''s zymolyase IL-6 digest', 'and a piece of a word what contains it');
select tap.same(pg_temp.found('quenchless'), 'entry Notes', 'the text of an entry is found, not its structure');
select tap.same(pg_temp.found('paragraph'), '', 'nor the names of its blocks');
select tap.same(pg_temp.found('zymolyase', '{experiment,file}'), '', 'kinds narrow it');
select tap.same((select marked_title || ' / ' || snippet from api_v1.search_all('il calp')), 'Müller''s zymolyase «IL»-6 digest / lysate Kept on ice; µ-«calpain» added',
  'what matched is marked in the text as it was written');
select tap.same(pg_temp.found('zymolyase & | ! <-> '':* \'), 'sample Zymolyase blank | sample Müller''s zymolyase IL-6 digest', 'signs of a query language are just signs');
select tap.throws($$select api_v1.search_all('x', '{password}')$$, 'PL180', 'an unknown kind is refused in words');
select tap.throws($$select api_v1.search_all('x', after => 'yesterday')$$, 'PL181', 'so is a cursor that is none');
select tap.throws($$select api_v1.search_all('x', most => 5000)$$, 'PL022', 'a page has a bound');

-- Pages
select set_config('tap.first', (select cursor from api_v1.search_all('synthetic signal', most => 7) order by score, id limit 1), true);
select tap.same(
  (select array_agg(id) from (select id from api_v1.search_all('synthetic signal', most => 7)
    union all select id from api_v1.search_all('synthetic signal', after => current_setting('tap.first'))) x),
  (select array_agg(id) from api_v1.search_all('synthetic signal')), 'pages join without a gap or a repeat');
select tap.same((select found || ' ' || more from api_v1.count_matches('synthetic signal') where kind = 'sample'), '20 false', 'matches are counted by kind');
select tap.ok((select bool_and(matched = 'newest') from api_v1.search_all('  ')), 'nothing typed lists the newest');

-- It follows its records
select tap.as_person('tess');
update api_v1.samples set name = 'Lyticase digest', version = version where code = 'S-FINDME2';
select tap.same(pg_temp.found('zymolyase') || ' ' || pg_temp.found('lyticase'), 'sample Zymolyase blank sample Lyticase digest', 'an edit is found at once, by its new words alone');

-- What is hidden
select tap.as_person('ines');
select tap.same(pg_temp.found('lyticase'), '', 'a record of another project is not found by a word');
select tap.same(pg_temp.found('S-FINDME2') || pg_temp.found('S-FINDM'), 'sample Zymolyase blank', 'nor by its code, nor by how the code begins');
select tap.same(pg_temp.found('lytcase') || pg_temp.found('yticas'), '', 'nor by a misspelt word');
select tap.same(pg_temp.found('quenchless'), '', 'nor is an entry');
select tap.same(coalesce((select sum(found) from api_v1.count_matches('zymolyase')), 0), 1::bigint, 'and it is not counted');
select tap.same((select count(*) from api_v1.search_all('lyticase', project_id => (select id from lab.projects where code = 'ENZ'))), 0::bigint, 'naming the project does not open it');
select tap.as_person('sten');
select tap.same(pg_temp.found('zymolyase'), 'sample Of the north', 'a stranger finds his own lab''s');
select tap.same(pg_temp.found('lyticase') || pg_temp.found('bradford') || pg_temp.found('S-FINDME2'), '', 'and nothing of another lab');
select tap.same((select count(*) from api_v1.search_all('', most => 1000) where id not in
  (select id from api_v1.samples union select id from api_v1.sops)), 0::bigint, 'nor does the newest list show more');
select tap.throws('select from private.search_documents', '42501', 'nobody reads the index itself');
select tap.throws('select from private.search_words', '42501', 'nor its words');
select tap.as_migrator();
update lab.people set active = false where login = 'ines';
select tap.as_person('ines');
select tap.same(pg_temp.found('zymolyase') || pg_temp.found(''), '', 'who is no longer active finds nothing');
select tap.as_anonymous();
select tap.throws($$select api_v1.search_all('zymolyase')$$, '42501', 'who is not signed in may not even ask');

-- Completeness
select tap.as_migrator();
select tap.same(
  (select string_agg(s.kind, ', ') from private.searchable_tables s
   where (select count(*) from pg_trigger t where t.tgrelid = format('lab.%I', s.table_name)::regclass and t.tgname like 'search\_%' and t.tgenabled = 'O') <> 3),
  null, 'every searchable table keeps its documents at insert, update and delete');
