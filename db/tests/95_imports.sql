-- A file's rows are staged, judged in words, committed wholly or not at all, and can be taken back.

insert into lab.samples (lab_id, project_id, code, name, sample_type, description, amount, amount_unit)
select p.lab_id, p.id, v.code, v.name, 'serum', 'as it was', 5, 'uL'
from (values ('ENZ', 'TAP-ENZ-1', 'Tap one'), ('ENZ', 'TAP-ENZ-2', 'Tap two')) v (project, code, name) join lab.projects p on p.code = v.project;
insert into lab.samples (lab_id, project_id, code, name, sample_type)
select p.lab_id, p.id, 'TAP-OWN-1', 'Of another lab', 'serum' from lab.projects p where p.code = 'OWN';

create function pg_temp.project(wanted text default 'ENZ') returns uuid language sql security definer as $$ select id from lab.projects where code = wanted $$;
create function pg_temp.begin(columns text[], hash text default 'a', key uuid default gen_random_uuid(), project text default 'ENZ') returns uuid language sql as $$
  select (api_v1.begin_import('samples', pg_temp.project(project), 'tap.csv', left(repeat(hash, 64), 64), columns, key) ->> 'id')::uuid $$;
-- A whole file up to its judgement: rows are lists of texts; `constants` fill what the file lacks.
create function pg_temp.judged(columns text[], rows jsonb, constants jsonb default '{}', decimal_sign text default '.', hash text default 'a', date_order text default null)
returns uuid language plpgsql as $$
declare
  import constant uuid := pg_temp.begin(columns, hash);
begin
  perform api_v1.stage_rows(import, 0, rows);
  perform api_v1.set_mapping(import, api_v1.propose_mapping(import) -> 'mapping', decimal_sign, date_order, constants);
  perform api_v1.judge_import(import, jsonb_array_length(rows));
  return import;
end $$;
create function pg_temp.problems(import uuid) returns text language sql as $$
  select string_agg(row_no || ' ' || kind || ' ' || code || ' ' || "column" || ': ' || message || ' ' || hint, E'\n' order by n)
  from jsonb_array_elements(api_v1.read_import_problems(import) -> 'problems') with ordinality j (problem, n)
  cross join lateral jsonb_to_record(j.problem) p (row_no int, kind text, code text, "column" text, message text, hint text) $$;
-- What is wrong with one row of name, type and one more column.
create function pg_temp.problem(heading text, cell text, decimal_sign text default '.') returns text language sql as $$
  select pg_temp.problems(pg_temp.judged(array['name', 'type', heading], jsonb_build_array(jsonb_build_array('x', 'serum', cell)), decimal_sign => decimal_sign)) $$;
create function pg_temp.commit(import uuid, confirmed text[] default '{}') returns jsonb language sql as $$ select api_v1.commit_import(import, confirmed) $$;
grant execute on all functions in schema pg_temp to public;

-- Columns are proposed from their names; what cannot be told is asked.
select tap.as_person('dina');
create temporary table asked as select pg_temp.begin('{Sample Name,Type,"Amount [uL]",Created at,Mass of hope}') as id;
grant select on asked to public;
select api_v1.stage_rows(id, 0, '[["a", "serum", "1,5", "", ""]]') from asked;
select tap.same((select api_v1.propose_mapping(id) -> 'mapping' from asked),
  '[{"to": "name"}, {"to": "sample_type"}, {"to": "amount", "unit": "uL"}, {"skip": true}, null]', 'columns are proposed from their names, with the unit of the heading; an unknown one is left open');
select tap.same((select api_v1.propose_mapping(id) -> 'questions' from asked),
  '[{"ask": "decimal_sign", "columns": ["Amount [uL]"], "examples": ["1,5"]}]', 'a decimal comma is asked about, with an example');
select tap.throws($$select api_v1.set_mapping(id, api_v1.propose_mapping(id) -> 'mapping') from asked$$, 'PL195', 'an unknown column is imported or skipped by a person, not by silence');
select tap.throws($$select api_v1.set_mapping(id, '[{"to": "name"}, {"to": "name"}, {"skip": true}, {"skip": true}, {"skip": true}]') from asked$$, 'PL195', 'two columns do not fill one target');
select tap.throws($$select api_v1.set_mapping(id, '[{"to": "name"}, {"to": "colour"}, {"skip": true}, {"skip": true}, {"skip": true}]') from asked$$, 'PL195', 'nor is there a target nobody knows');
select tap.throws($$select api_v1.set_mapping(id, '[{"to": "name"}, {"skip": true}, {"to": "amount"}, {"skip": true}, {"skip": true}]') from asked$$, 'PL203', 'an amount has a unit');
select tap.throws($$select api_v1.set_mapping(id, '[{"to": "name"}, {"skip": true}, {"to": "amount", "unit": "furlong"}, {"skip": true}, {"skip": true}]') from asked$$, 'PL203', 'which the lab knows');
select tap.throws($$select api_v1.set_mapping(id, '[{"to": "name"}]') from asked$$, 'PL008', 'a mapping says something of every column');
select tap.throws($$select api_v1.judge_import(id, 1) from asked$$, 'PL192', 'nothing is judged before it is mapped');
select tap.throws($$select api_v1.commit_import(id) from asked$$, 'PL192', 'nor committed before it is judged');

-- Staging.
select tap.throws($$select pg_temp.begin('{a}'::text[], 'A')$$, 'PL008', 'a file has a hash');
select tap.throws($$select pg_temp.begin(array(select 'c' || n from generate_series(1, 300) n))$$, 'PL194', '300 columns are refused');
select tap.throws($$select pg_temp.begin('{}')$$, 'PL194', 'and none as well');
select tap.throws($$select api_v1.begin_import('dreams', pg_temp.project(), 'x', repeat('a', 64), '{a}', gen_random_uuid())$$, 'PL008', 'an unknown kind is refused');
create temporary table staged as select pg_temp.begin('{name,type}', key => '0195d2a0-0000-7000-8000-000000000001') as id;
grant select on staged to public;
select tap.same(pg_temp.begin('{name,type}', key => '0195d2a0-0000-7000-8000-000000000001'), (select id from staged), 'the same key begins the same import');
select tap.throws($$select pg_temp.begin('{name,colour}', key => '0195d2a0-0000-7000-8000-000000000001')$$, 'PL009', 'and no other one');
select tap.same((select api_v1.stage_rows(id, 0, '[["a", "b"], ["c", null]]') from staged), '{"rows": 2}', 'a chunk is staged');
select tap.same((select api_v1.stage_rows(id, 0, '[["a", "b"], ["c", null]]') from staged), '{"rows": 2}', 'and may be sent again');
select tap.throws($$select api_v1.stage_rows(id, 0, '[["a", "other"]]') from staged$$, 'PL193', 'but not with other rows');
select tap.throws($$select api_v1.stage_rows(id, 1, '[["a"]]') from staged$$, 'PL193', 'a row has a cell for each heading');
select tap.throws($$select api_v1.stage_rows(id, 1, '[["a", 5]]') from staged$$, 'PL193', 'a cell is a text');
select tap.throws($$select api_v1.stage_rows(id, 1, '{"a": "b"}') from staged$$, 'PL193', 'a chunk is a list of rows');
select tap.throws($$select api_v1.stage_rows(id, -1, '[]') from staged$$, 'PL193', 'chunks count from 0');
select api_v1.stage_rows(id, 2, '[["e", "f"]]'), api_v1.set_mapping(id, '[{"to": "name"}, {"to": "sample_type"}]') from staged;
select tap.throws($$select api_v1.judge_import(id, 3) from staged$$, 'PL008', 'a lost chunk is noticed');
select api_v1.stage_rows(id, 1, '[["d", "e"]]') from staged;
select tap.throws($$select api_v1.judge_import(id, 5) from staged$$, 'PL008', 'so are lost rows');
select tap.same((select api_v1.judge_import(id, 4) - 'problems' from staged), '{"rows": 4, "insert": 3, "update": 0, "unchanged": 0, "refused": 1, "warned": 0, "same_file": []}',
  'rows are counted by what would become of them');
select tap.same((select pg_temp.problems(id) from staged), '2 error PL201 type: There is no type. Expected a value.', 'and a row says what is wrong with it');
select tap.throws($$select api_v1.judge_import(pg_temp.begin('{a}'), 0)$$, 'PL192', 'an empty file has nothing to judge');
select tap.throws($$select pg_temp.judged('{name,type}', '[]')$$, 'PL008', 'a file without rows says so');

-- One cell.
select tap.same(pg_temp.problem(heading, cell, sign), want, sentence)
from (values
  ('amount [uL]', '1.5', '.', null, 'a number is a number'),
  ('amount [uL]', '1.5e-3', null, null, 'with an exponent too'),
  ('amount [uL]', '1,5', ',', null, 'and with a comma, once that was said'),
  ('amount [uL]', '1,5', null, '1 error PL207 amount [uL]: "1,5" can be read in two ways. Say the decimal sign of this file.', 'a decimal comma is asked, not guessed'),
  ('amount [uL]', '1,5', '.', '1 error PL197 amount [uL]: "1,5" is not a number. Expected a number such as 1.5, without thousands separators.', 'nor read as something else'),
  ('amount [uL]', '1.5', ',', '1 error PL197 amount [uL]: "1.5" is not a number. Expected a number such as 1,5, without thousands separators.', 'a point is then no decimal sign'),
  ('amount [uL]', '1e999', '.', '1 error PL197 amount [uL]: "1e999" is not a number. Expected a number such as 1.5, without thousands separators.', 'nor is a number beyond all numbers one'),
  ('amount [uL]', 'NaN', '.', '1 error PL197 amount [uL]: "NaN" is not a number. Expected a number such as 1.5, without thousands separators.', 'nor NaN'),
  ('amount [uL]', '-3', '.', '1 error PL202 amount [uL]: -3 is out of range. Expected at least 0.', 'an amount is not negative'),
  ('amount [uL]', '', '.', null, 'an empty amount is none'),
  ('description', '=cmd|''/C calc''!A0', '.', '1 error PL198 description: "=cmd|''/C calc''!A0" is a formula. Give the value itself; put an apostrophe before a text that only looks like one.', 'a formula is refused'),
  ('description', '@SUM(A1)', '.', '1 error PL198 description: "@SUM(A1)" is a formula. Give the value itself; put an apostrophe before a text that only looks like one.', 'whatever sign it begins with'),
  ('description', '-80 °C since May', '.', null, 'a minus alone makes no formula'),
  ('description', '''=not one', '.', null, 'an apostrophe protects a text'),
  ('description', repeat('x', 10001), '.', '1 error PL197 description: "' || repeat('x', 80) || '" is not short enough. Expected at most 10000 characters.', 'a text has an end'),
  ('synthetic', 'perhaps', '.', '1 error PL197 synthetic: "perhaps" is not yes or no. Expected true or false.', 'perhaps is neither yes nor no'),
  ('project', 'OWN', '.', '1 error PL199 project: There is no project "OWN" that you may see. Check how it is written, and whether you belong to its project.', 'a project of another lab does not exist'),
  ('project', 'nowhere', '.', '1 error PL199 project: There is no project "nowhere" that you may see. Check how it is written, and whether you belong to its project.', 'in the very words of one that nobody has'),
  ('code', 'TAP-OWN-1', '.', '1 error PL199 code: There is no sample "TAP-OWN-1" that you may see. Check how it is written, and whether you belong to its project.', 'a code of another lab is not found'),
  ('status', 'consumed', '.', '1 error PL204 status: status cannot be changed by an import: it is new. Leave it as it is; a new sample is available.', 'a new sample is available'),
  ('status', 'melted', '.', '1 error PL197 status: "melted" is not one of its choices. Expected available, consumed, shipped, disposed, archived, missing.', 'a choice is one of its choices')) v (heading, cell, sign, want, sentence);
select tap.same(tap.count($$select from api_v1.samples where code = 'TAP-OWN-1'$$), 0::bigint, 'nor seen');
select tap.same(pg_temp.problems(pg_temp.judged('{name,type,amount,unit}', '[["a", "serum", "5", "furlong"], ["b", "serum", "5", ""], ["c", "serum", "", "uL"]]')),
  '1 error PL199 unit: There is no unit "furlong" that you may see. Check how it is written, and whether you belong to its project.
2 error PL201 unit: There is no unit of the amount. Expected a value.
3 error PL201 unit: There is no amount for its unit. Expected a value.', 'an amount and its unit go together');
select tap.same(pg_temp.problems(pg_temp.judged('{name,type,"amount [uL]",unit}', '[["a", "serum", "5", "mL"]]')),
  '1 error PL203 unit: The unit "mL" does not fit column "amount [uL]". Expected uL.', 'a heading and a row do not name two units');
select tap.same(pg_temp.problems(pg_temp.judged('{name}', '[["a"]]')), '1 error PL201 sample_type: There is no sample_type. Expected a value.', 'what the file lacks is said of new rows');
select tap.same(pg_temp.problems(pg_temp.judged('{name}', '[["a"]]', '{"sample_type": "serum"}')), null, 'and can be said once for all of them');
select tap.same(pg_temp.problems(pg_temp.judged('{name,type}', '[["2-Sep", "serum"], ["SEPT2", "serum"], ["Mar-01", "serum"]]')),
  '1 warning PL206 name: A spreadsheet may have turned "2-Sep" into a date. Correct the name where it was, such as SEPT2; confirm "spoiled_names" if it is right.
3 warning PL206 name: A spreadsheet may have turned "Mar-01" into a date. Correct the name where it was, such as SEPT2; confirm "spoiled_names" if it is right.',
  'gene names that a spreadsheet spoiled are noticed');

-- All or nothing.
select tap.throws($$select pg_temp.commit(pg_temp.judged('{name,type,amount [uL]}', '[["Tap good", "serum", "1"], ["Tap bad", "serum", "-1"]]'))$$, 'PL191', 'one bad row refuses the whole file');
select tap.same(tap.count($$select from api_v1.samples where name = 'Tap good'$$), 0::bigint, 'and changes nothing');
select tap.throws($$select pg_temp.commit(pg_temp.judged('{name,type}', '[["2-Sep", "serum"]]'))$$, 'PL196', 'a warning wants to be confirmed');
select tap.same(pg_temp.commit(pg_temp.judged('{name,type}', '[["2-Sep", "serum"]]', hash => 'b'), '{spoiled_names}'), '{"inserted": 1, "updated": 0, "unchanged": 0}', 'and then it is committed');
create temporary table done as select pg_temp.judged('{code,name,type,description,amount [uL],project}',
  '[[null, "Tap new", "serum", "''=kept", "2.5", ""], [null, "Tap newer", "serum", "", "", "IMM"], ["TAP-ENZ-1", "Tap one", "serum", "better", "5", ""], ["TAP-ENZ-2", "Tap two", "serum", "as it was", "5", "ENZ"]]', hash => 'c') as id;
grant select on done to public;
select tap.same((select pg_temp.commit(id) from done), '{"inserted": 2, "updated": 1, "unchanged": 1}', 'rows without a code are new, rows with one are edits');
select tap.same((select pg_temp.commit(id) from done), '{"inserted": 2, "updated": 1, "unchanged": 1}', 'sent again it answers the same');
select tap.same((select jsonb_agg(jsonb_build_array(s.name, s.description, s.amount, s.amount_unit, p.code, s.version) order by s.name) from api_v1.samples s join api_v1.projects p on p.id = s.project_id
    where s.name like 'Tap new%' or s.code like 'TAP-ENZ-_'),
  '[["Tap new", "=kept", 2.5, "uL", "ENZ", 1], ["Tap newer", "", null, null, "IMM", 1], ["Tap one", "better", 5, "uL", "ENZ", 2], ["Tap two", "as it was", 5, "uL", "ENZ", 1]]',
  'once, where it belongs; what did not differ was not touched');
select tap.same((select jsonb_agg(jsonb_build_array(r.row_no, r.act, s.name) order by r.row_no) from api_v1.imported_rows r join api_v1.samples s on s.id = r.record_id where r.import_id = (select id from done)),
  '[[1, "insert", "Tap new"], [2, "insert", "Tap newer"], [3, "update", "Tap one"]]', 'each record knows its row');
select tap.same((select api_v1.begin_import('samples', pg_temp.project(), 'again.csv', repeat('c', 64), '{a}', gen_random_uuid()) ->> 'same_file' like '%tap.csv%Dina Marsh%'), true, 'the same file is noticed');
select tap.throws($$select pg_temp.commit(pg_temp.judged('{name,type}', '[["Tap twice", "serum"]]', hash => 'c'))$$, 'PL190', 'and not imported again by accident');
select tap.lives($$select pg_temp.commit(pg_temp.judged('{code,name}', '[["TAP-ENZ-2", "Tap two"]]', hash => 'c'))$$, 'unless it changes nothing');
select tap.same((select api_v1.propose_mapping(pg_temp.begin('{Code,NAME,type,description,amount (uL),project}')) -> 'mapping' -> 4), '{"to": "amount", "unit": "uL"}', 'an earlier answer is proposed again');

-- Edits.
select tap.same(pg_temp.problems(pg_temp.judged('{code,name,type,amount [uL],project}',
  '[["TAP-ENZ-1", "", "serum", "5", ""], ["TAP-ENZ-2", "Tap two", "plasma", "6", "IMM"], ["TAP-ENZ-2", "Tap two", "serum", "5", ""]]')),
  '1 error PL201 name: There is no name. Expected a value.
2 error PL204 type: type cannot be changed by an import: it is serum. Leave it as it is; a record keeps its type.
2 error PL204 amount [uL]: amount [uL] cannot be changed by an import: it is 5. Leave it as it is; it changes by taking from it or correcting it.
2 error PL200 code: The code "TAP-ENZ-2" stands in more than one row, first in row 2. Keep one row for each record.
2 error PL204 project: project cannot be changed by an import: it is another. Leave it as it is; a record keeps its project.
3 error PL200 code: The code "TAP-ENZ-2" stands in more than one row, first in row 2. Keep one row for each record.', 'what an import may not change is said');
create temporary table stale as select pg_temp.judged('{code,version,name,description}', '[["TAP-ENZ-1", "1", "Tap renamed", "as it was"]]', hash => 'd') as id;
grant select on stale to public;
select tap.same((select pg_temp.commit(id) from stale), '{"inserted": 0, "updated": 1, "unchanged": 0}', 'an export of an older version changes only what its reader changed');
select tap.same((select jsonb_build_array(name, description) from api_v1.samples where code = 'TAP-ENZ-1'), '["Tap renamed", "better"]', 'so nobody else''s edit is lost');
select tap.same(pg_temp.problems(pg_temp.judged('{code,version,description}', '[["TAP-ENZ-1", "1", "mine"]]')),
  '1 error PL205 description: Someone else changed description since version 1: it is "better" now. Export the record again, and edit that.', 'two edits of one field are a conflict');
create temporary table late as select pg_temp.judged('{code,name}', '[["TAP-ENZ-2", "Tap mine"]]', hash => 'e') as id;
grant select on late to public;
update api_v1.samples set name = 'Tap theirs', version = version where code = 'TAP-ENZ-2';
select tap.throws($$select pg_temp.commit(id) from late$$, 'PL191', 'what changed after the judging is not overwritten');

-- Taken back.
select tap.throws($$select api_v1.undo_import(id, ' ') from done$$, 'PL008', 'taking back needs a reason');
select tap.as_migrator();
insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
select c.lab_id, c.project_id, c.id, p.id, 'aliquot' from lab.samples p, lab.samples c where p.name = 'Tap new' and c.code = 'TAP-ENZ-2';
select tap.as_person('dina');
select tap.same((select jsonb_set(api_v1.undo_import(id, 'wrong sheet'), '{stays}', '[]') from done), '{"archived": 1, "restored": 0, "kept": 2, "stays": []}', 'an import is taken back as far as nobody built on it');
select tap.same((select jsonb_object_agg(name, status) from api_v1.samples where name like 'Tap new%' or code = 'TAP-ENZ-1'),
  '{"Tap new": "available", "Tap newer": "archived", "Tap renamed": "available"}', 'what something refers to stays, and what was changed since');
select tap.same((select description from api_v1.samples where code = 'TAP-ENZ-1'), 'better', 'with the edit of whoever came later');
select tap.throws($$select api_v1.undo_import(id, 'again') from done$$, 'PL192', 'it is taken back once');
create temporary table edited as select pg_temp.judged('{code,description}', '[["TAP-ENZ-1", "worse"]]', hash => 'f') as id;
grant select on edited to public;
select tap.same((select pg_temp.commit(id) from edited), '{"inserted": 0, "updated": 1, "unchanged": 0}', 'an edit alone');
select tap.same((select api_v1.undo_import(id, 'wrong') - 'stays' from edited), '{"archived": 0, "restored": 1, "kept": 0}', 'is taken back too');
select tap.same((select jsonb_build_array(description, version) from api_v1.samples where code = 'TAP-ENZ-1'), '["better", 5]', 'as one more version');
select api_v1.abandon_import(id) from staged;
select tap.throws($$select api_v1.judge_import(id, 4) from staged$$, 'PL192', 'an abandoned import is over');

-- Typed fields.
select tap.as_migrator();
insert into lab.units (lab_id, code, name) select id, u, u from lab.labs, unnest('{ng/uL,ug/uL}'::text[]) u where labs.code = 'DEMO' on conflict do nothing;
select tap.as_person('ada');
select api_v1.make_sample_type_effective(api_v1.define_sample_type('tap import', '[
  {"key": "conc", "label": "Concentration", "type": "number", "unit": "ng/uL", "low": 0, "high": 5000, "required": true},
  {"key": "made_on", "label": "Made on", "type": "date"},
  {"key": "host", "label": "Host", "type": "choice", "choices": ["E. coli", "yeast"]},
  {"key": "checked", "label": "Checked", "type": "boolean"},
  {"key": "parent", "label": "Parent", "type": "link", "link_to": "sample"}]'));
select tap.as_person('dina');
create function pg_temp.typed(cells jsonb, heading text default 'Concentration [ng/uL]', date_order text default 'dmy') returns uuid language sql as $$
  select pg_temp.judged(array['name', 'Type', heading, 'Made on', 'host', 'checked', 'parent'], jsonb_build_array(cells), hash => md5(cells::text), date_order => date_order) $$;
grant execute on function pg_temp.typed(jsonb, text, text) to public;
select tap.same((select jsonb_path_query_array(api_v1.propose_mapping(pg_temp.begin('{name,Type,Concentration,"Made on",HOST}')) -> 'mapping', '$[*].to')),
  '["name", "sample_type", "fields.conc", "fields.made_on", "fields.host"]', 'fields are proposed by their key or label');
select tap.throws($$select api_v1.set_mapping(pg_temp.begin('{name,conc}'), '[{"to": "name"}, {"to": "fields.conc"}]')$$, 'PL203', 'a number of a field has a unit');
select tap.throws($$select api_v1.set_mapping(pg_temp.begin('{name,conc}'), '[{"to": "name"}, {"to": "fields.conc", "unit": "mL"}]')$$, 'PL203', 'that measures the same');
select tap.lives($$select api_v1.set_mapping(pg_temp.begin('{name,conc}'), '[{"to": "name"}, {"to": "fields.conc", "unit": "ug/uL"}]')$$, 'in the field''s own unit or another');
select tap.same(pg_temp.problems(pg_temp.typed(cells)), want, sentence)
from (values
  ('["x", "tap import", "5", "31/12/2026", "yeast", "yes", ""]'::jsonb, null, 'a row of good fields is good'),
  ('["x", "tap import", "5", "31/02/2026", "", "", ""]', '1 error PL197 Made on: "31/02/2026" is not a date. Expected a day that exists, such as 31/12/2026.', 'the 31st of February is no day'),
  ('["x", "tap import", "", "", "", "", ""]', '1 error PL124 Concentration [ng/uL]: Field "Concentration" is required. Give a value, or {"not_obtained": "reason"}.', 'what the type requires is required'),
  ('["x", "tap import", "not obtained: too little", "", "", "", ""]', null, 'or it says why not'),
  ('["x", "tap import", "9000", "", "", "", ""]', '1 error PL127 Concentration [ng/uL]: Field "Concentration" cannot be 9000 ng/uL. Expected 0 to 5000 ng/uL.', 'a limit of the type is one'),
  ('["x", "tap import", "9 ug/uL", "", "", "", ""]', '1 error PL127 Concentration [ng/uL]: Field "Concentration" cannot be 9 ug/uL. Expected 0 to 5000 ng/uL.', 'in whatever unit a cell gives'),
  ('["x", "tap import", "9 mL", "", "", "", ""]', '1 error PL126 Concentration [ng/uL]: Field "Concentration" cannot be given in mL. Give it in ng/uL, or in a unit that measures the same.', 'that measures the same'),
  ('["x", "tap import", "5", "", "fungus", "", ""]', '1 error PL125 host: Field "Host" does not accept "fungus". Expected one of: E. coli, yeast.', 'a choice of the type is one'),
  ('["x", "tap import", "5", "", "", "", "TAP-OWN-1"]', '1 error PL008 parent: There is no sample "TAP-OWN-1" that you may see. Check the id or code, and whether you belong to its project.', 'a link does not lead into another lab'),
  ('["x", "no such type", "5", "", "", "", ""]', '1 error PL123 Concentration [ng/uL]: The sample type has no field "conc". Expected one of: no field.', 'words that are no type have no fields')) v (cells, want, sentence);
select tap.same((select problem from pg_temp.problems(pg_temp.typed('["x", "tap import", "5", "03/04/2026", "", "", ""]', date_order => null)) problem),
  '1 error PL207 Made on: "03/04/2026" can be read in two ways. Say the order of dates of this file.', 'the order of a date is asked, not guessed');
select tap.same(pg_temp.commit(pg_temp.typed('["Tap typed", "tap import", "5.50", "03/04/2026", "yeast", "no", "TAP-ENZ-1"]')), '{"inserted": 1, "updated": 0, "unchanged": 0}', 'typed fields are committed');
select tap.same((select s.fields - 'parent' || jsonb_build_object('parent', s.fields ->> 'parent' = p.id::text) from api_v1.samples s join api_v1.samples p on p.code = 'TAP-ENZ-1' where s.name = 'Tap typed'),
  '{"conc": {"value": 5.50, "unit": "ng/uL", "reported": "5.50"}, "made_on": "2026-04-03", "host": "yeast", "checked": false, "parent": true}', 'as their type keeps them, with their digits');
create function pg_temp.retyped(cells jsonb, columns text[], hash text) returns uuid language sql as $$
  select pg_temp.judged(columns, jsonb_build_array(jsonb_build_array((select code from api_v1.samples where name = 'Tap typed')) || cells), hash => hash, date_order => 'ymd') $$;
grant execute on function pg_temp.retyped(jsonb, text[], text) to public;
select tap.same(pg_temp.commit(pg_temp.retyped('["5.5", "2026-04-03", "yeast", "FALSE"]', '{code,conc [ng/uL],made on,host,checked}', '1')), '{"inserted": 0, "updated": 0, "unchanged": 1}', 'the same answers change nothing');
select tap.same(pg_temp.problems(pg_temp.retyped('["", "yeast"]', '{code,conc [ng/uL],host}', '2')), '1 error PL124 conc [ng/uL]: Field "Concentration" is required. Give a value, or {"not_obtained": "reason"}.', 'an edit is judged by the type as well');
create temporary table refielded as select pg_temp.retyped('["6", "", "yeast"]', '{code,conc [ng/uL],made on,host}', '3') as id;
grant select on refielded to public;
select tap.same((select pg_temp.commit(id) from refielded), '{"inserted": 0, "updated": 1, "unchanged": 0}', 'other answers change what differs');
select tap.same((select fields - 'parent' from api_v1.samples where name = 'Tap typed'), '{"conc": {"value": 6, "unit": "ng/uL"}, "host": "yeast", "checked": false}', 'an empty cell takes an answer away');
select api_v1.undo_import(id, 'wrong') from refielded;
select tap.same((select fields - 'parent' from api_v1.samples where name = 'Tap typed'),
  '{"conc": {"value": 5.50, "unit": "ng/uL", "reported": "5.50"}, "made_on": "2026-04-03", "host": "yeast", "checked": false}', 'and taking it back gives it back');

-- Who may not.
create temporary table open as select pg_temp.judged('{name,type}', '[["Tap secret", "serum"]]') as id;
grant select on open to public;
select tap.as_person('arno');
select tap.same(tap.count('select from api_v1.imports where id = (select id from open)'), 1::bigint, 'a member of the project sees that somebody imports');
select tap.throws($$select api_v1.commit_import(id) from open$$, 'PL004', 'and does not end what another began');
select tap.throws($$select api_v1.read_import_problems(id) from open$$, 'PL004', 'nor reads what is wrong with it');
select tap.same(tap.count('select from private.import_chunks'), 0::bigint, 'nor sees what was staged');
select tap.as_person('rhea');
select tap.throws($$select pg_temp.begin('{name,type}')$$, 'PL003', 'a reviewer imports nothing');
select tap.throws($$select api_v1.undo_import(id, 'no') from edited$$, 'PL003', 'and takes nothing back');
select tap.as_person('sten');
select tap.throws($$select pg_temp.begin('{name,type}')$$, 'PL004', 'for a stranger the project does not exist');
select tap.throws($$select api_v1.commit_import(id) from open$$, 'PL004', 'nor the import');
select tap.throws($$select api_v1.undo_import(id, 'mine') from edited$$, 'PL004', 'nor one that was committed');
select tap.same(tap.count('select from api_v1.imports') + tap.count('select from api_v1.imported_rows'), 0::bigint, 'he sees none of it');
select tap.throws($$update lab.imports set status = 'committed', version = version where id = (select id from open); select 1 / (select count(*)::int from lab.imports)$$, '22012', 'and changes none');
select tap.as_anonymous();
select tap.throws($$select api_v1.begin_import('samples', gen_random_uuid(), 'x', repeat('a', 64), '{a}', gen_random_uuid())$$, '42501', 'nobody imports');
select tap.as_migrator();
select tap.same(tap.count('select from private.import_chunks where import_id in (select id from done union all select id from staged)'), 0::bigint, 'what was staged goes when its import is over');
select tap.same(tap.count($$select from private.import_chunks c join open o on o.id = c.import_id$$), 1::bigint, 'and stays while it is open');
