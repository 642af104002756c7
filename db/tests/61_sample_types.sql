-- Sample types are versioned data. Their fields are judged on every path; a change of the type never breaks an old sample.

create function pg_temp.refusal(statement text) returns jsonb language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return sqlerrm::jsonb;
end $$;
create function pg_temp.define(fields jsonb) returns text language sql as $$
  select substring(pg_temp.refusal(format('select api_v1.make_sample_type_effective(api_v1.define_sample_type(%L, %L))', 'scratch', fields)) ->> 'message'
    from '^This sample type cannot be made effective: (.*)\.$')
$$;
create function pg_temp.register(name text, fields jsonb) returns text language sql as $$
  select format('insert into api_v1.samples (lab_id, project_id, name, sample_type, fields)
    select lab_id, id, %L, %L, %L from api_v1.projects where code = %L', name, 'tap plasmid', fields, 'ENZ')
$$;
create function pg_temp.fields(name text) returns jsonb language sql as $$
  select s.fields from api_v1.samples s where s.name = fields.name
$$;
grant execute on function pg_temp.refusal(text), pg_temp.define(jsonb), pg_temp.register(text, jsonb), pg_temp.fields(text) to public;
insert into lab.units (lab_id, code, name) select id, 'ng/uL', 'nanogram per microlitre' from lab.labs where code in ('DEMO', 'NORTH')
on conflict do nothing;

-- Defining
select tap.as_person('dina');
select tap.throws($$select api_v1.define_sample_type('tap plasmid', '[]')$$, 'PL003', 'an analyst does not define sample types');
select tap.as_person('ada');
select tap.lives($$select api_v1.define_sample_type('tap plasmid', '[]')$$, 'a lab admin writes a draft');
select tap.lives($$select api_v1.define_sample_type('tap plasmid', '[
  {"key": "concentration", "label": "Concentration", "type": "number", "unit": "ng/uL", "low": 0, "high": 5000, "required": true},
  {"key": "ratio", "label": "A260/A280", "type": "number", "unit": "1"},
  {"key": "host", "label": "Host", "type": "choice", "choices": ["E. coli", "yeast"], "default": "E. coli"},
  {"key": "prepared_on", "label": "Prepared on", "type": "date"},
  {"key": "sequenced", "label": "Sequenced", "type": "boolean"},
  {"key": "parent", "label": "Parent plasmid", "type": "link", "link_to": "sample"},
  {"key": "map", "label": "Map", "type": "file"},
  {"key": "note", "label": "Note", "type": "text"}]')$$, 'and rewrites it');
select tap.same((select count(*) from api_v1.sample_type_versions v join api_v1.sample_types t on t.id = v.sample_type_id where t.name = 'tap plasmid'), 1::bigint,
  'which stays one draft');
select tap.as_person('ada', 'kernel');
select tap.throws($$select api_v1.make_sample_type_effective(v.id) from api_v1.sample_type_versions v join api_v1.sample_types t on t.id = v.sample_type_id where t.name = 'tap plasmid'$$,
  'PL131', 'a notebook makes nothing effective');
select tap.as_person('ada');
select tap.lives($$update api_v1.sample_type_versions v set status = 'effective', version = v.version
  from api_v1.sample_types t where t.id = v.sample_type_id and t.name = 'tap plasmid'$$, 'the lab admin makes it effective, by plain PATCH');
select tap.same((select count(*) from api_v1.sample_fields f join api_v1.sample_types t on t.id = f.sample_type_id where t.name = 'tap plasmid'), 8::bigint, 'its fields are there');
select tap.throws($$update api_v1.sample_type_versions v set fields = '[]', version = v.version
  from api_v1.sample_types t where t.id = v.sample_type_id and t.name = 'tap plasmid'$$, 'PL031', 'an effective version is not rewritten');
select tap.throws($$update api_v1.sample_type_versions v set status = 'draft', version = v.version
  from api_v1.sample_types t where t.id = v.sample_type_id and t.name = 'tap plasmid'$$, 'PL031', 'nor made a draft again');
select tap.same(array(select coalesce(pg_temp.define(f::jsonb), 'taken') from (values
    (1, '[{"key": "A b", "label": "x", "type": "text"}]'), (2, '[{"key": "a", "type": "text"}]'), (3, '[{"key": "a", "label": "x", "type": "colour"}]'),
    (4, '[{"key": "a", "label": "x", "type": "number"}]'), (5, '[{"key": "a", "label": "x", "type": "number", "unit": "furlong"}]'),
    (6, '[{"key": "a", "label": "x", "type": "choice", "choices": []}]'), (7, '[{"key": "a", "label": "x", "type": "link"}]'),
    (8, '[{"key": "a", "label": "x", "type": "number", "unit": "1", "low": 2, "high": 1}]'), (9, '[{"key": "a", "label": "x", "type": "text", "colour": 1}]'),
    (10, '[{"key": "a", "label": "x", "type": "text"}, {"key": "a", "label": "y", "type": "text"}]'),
    (11, '[{"key": "a", "label": "x", "type": "number", "unit": "1", "high": 1, "default": 2}]')) v (n, f) order by n),
  array['"A b" is no key of a field: expected lower-case letters, digits and _', 'field "a" has no label',
    'field "a" has the unknown type "colour": expected text, number, date, choice, boolean, link or file', 'field "a" has no unit: write 1 for a pure number',
    'field "a" has the unknown unit "furlong": expected a unit of the lab', 'field "a": a choice has a list of choices, and nothing else has',
    'field "a": a link says in "link_to" what it leads to, and nothing else does', 'the limits of field "a" exclude each other',
    'field "a" has the unknown property "colour"', 'the key "a" stands twice', 'a default is no value of its field: Field "x" cannot be 2.']::text[],
  'an unsound list of fields is refused, with what is wrong');

-- Registering
select tap.as_person('tess');
select tap.lives(pg_temp.register('T1', '{"concentration": {"value": "12.50", "unit": "ng/uL"}, "ratio": 1.85, "prepared_on": "2026-03-31", "sequenced": true, "note": "ok"}'),
  'a technician registers a sample of the type');
select tap.same(pg_temp.fields('T1'), '{"concentration": {"value": 12.50, "unit": "ng/uL", "reported": "12.50"}, "ratio": {"value": 1.85, "unit": "1"},
  "prepared_on": "2026-03-31", "sequenced": true, "note": "ok", "host": "E. coli"}'::jsonb, 'digits are kept, a default is taken');
select tap.same((select type_version from api_v1.samples where name = 'T1'), 1, 'it is on the version that is effective');
select tap.lives(pg_temp.register('T2', '{"concentration": {"value": 0.5, "unit": "mg/mL"}}'), 'another unit that measures the same is taken as it was given');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 5, "unit": "umol/L"}}'), 'PL126', 'one that measures something else is refused');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 5, "unit": "furlong"}}'), 'PL126', 'so is one that means nothing');
select tap.throws(pg_temp.register('T', '{"concentration": 5}'), 'PL125', '5 is not a concentration');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 6, "unit": "mg/mL"}}'), 'PL127', 'a value out of range is refused, whatever its unit');
select tap.same(pg_temp.refusal(pg_temp.register('T', '{"concentration": {"value": 6, "unit": "mg/mL"}}')) ->> 'message', 'Field "Concentration" cannot be 6 mg/mL.',
  'in words that name the field');
select tap.throws(pg_temp.register('T', '{}'), 'PL124', 'a required field takes a value');
select tap.throws(pg_temp.register('T', '{"concentration": ""}'), 'PL124', 'nothing is no value');
select tap.lives(pg_temp.register('T3', '{"concentration": {"not_obtained": "photometer broken"}}'), 'or a reason why there is none');
select tap.throws(pg_temp.register('T', '{"concentration": {"not_obtained": " "}}'), 'PL125', 'which is said');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 1, "unit": "ng/uL"}, "host": "mouse"}'), 'PL125', 'only a choice is chosen');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 1, "unit": "ng/uL"}, "prepared_on": "2026-02-31"}'), 'PL125', '31 February is no date');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 1, "unit": "ng/uL"}, "sequenced": "yes"}'), 'PL125', 'yes is neither true nor false');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 1, "unit": "ng/uL"}, "colour": "red"}'), 'PL123', 'an unknown field is refused');
select tap.same(jsonb_array_length(((pg_temp.refusal(pg_temp.register('T', '{"host": "mouse", "colour": "red"}')) ->> 'details')::jsonb) -> 'problems'), 3,
  'all problems are told at once');
select tap.same(tap.count($$select from api_v1.samples where name = 'T'$$), 0::bigint, 'and nothing was written');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type, fields)
  select lab_id, id, 'T', 'no such type', '{"a": 1}' from api_v1.projects where code = 'ENZ'$$, 'PL123', 'words that name no type have no fields');
select tap.same((select private.excuse_fields(lab_id, 'tap plasmid', 'not on the list') from api_v1.me()), '{"concentration": {"not_obtained": "not on the list"}}'::jsonb,
  'what arrives and must be taken says why nobody knows');
select tap.lives($$insert into api_v1.samples (lab_id, project_id, name, sample_type)
  select lab_id, id, 'T4', 'no such type' from api_v1.projects where code = 'ENZ'$$, 'but are kept as words');
select tap.same(api_v1.check_sample_fields('tap plasmid', '{"concentration": {"value": 6, "unit": "mg/mL"}}') #>> '{problems,0,code}', 'PL127',
  'what would be said can be asked beforehand');
select tap.same(api_v1.check_sample_fields('tap plasmid', '{"concentration": {"value": 1, "unit": "mg/mL"}}') -> 'ok', 'true'::jsonb, 'without registering anything');

-- Links
select tap.lives(pg_temp.register('T5', jsonb_build_object('concentration', '{"value": 1, "unit": "ng/uL"}'::jsonb,
  'parent', (select lower(code) from api_v1.samples where name = 'T1'))), 'a link is given by code');
select tap.same(pg_temp.fields('T5') ->> 'parent', (select id::text from api_v1.samples where name = 'T1'), 'and kept by id');
select tap.as_migrator();
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Northern', 'x' from lab.projects where code = 'OWN';
select set_config('tap.north', (select code from lab.samples where name = 'Northern'), true);
insert into lab.people (lab_id, login, name) select id, 'tap-imm', 'Immunoassay only' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'tap-imm' and j.code = 'IMM';
select tap.as_person('tess');
select tap.throws(pg_temp.register('T', jsonb_build_object('concentration', '{"value": 1, "unit": "ng/uL"}'::jsonb, 'parent', current_setting('tap.north'))),
  'PL004', 'a link does not lead into another lab');
select set_config('tap.t1', (select code from api_v1.samples where name = 'T1'), true), set_config('tap.t1_id', (select id::text from api_v1.samples where name = 'T1'), true);
select tap.as_person('tap-imm');
select tap.throws(format($$insert into api_v1.samples (lab_id, project_id, name, sample_type, fields)
  select lab_id, id, 'T', 'tap plasmid', %L from api_v1.projects where code = 'IMM'$$,
  jsonb_build_object('concentration', '{"value": 1, "unit": "ng/uL"}'::jsonb, 'parent', current_setting('tap.t1'))), 'PL004', 'nor to what one may not see');
select tap.throws(format($$insert into api_v1.samples (lab_id, project_id, name, sample_type, fields)
  select lab_id, id, 'T', 'tap plasmid', %L from api_v1.projects where code = 'IMM'$$,
  jsonb_build_object('concentration', '{"value": 1, "unit": "ng/uL"}'::jsonb, 'parent', current_setting('tap.t1_id'))), 'PL004', 'not even by its id');
select tap.lives($$insert into api_v1.samples (lab_id, project_id, name, sample_type, fields)
  select lab_id, id, 'T of IMM', 'tap plasmid', '{"concentration": {"value": 1, "unit": "ng/uL"}}' from api_v1.projects where code = 'IMM'$$, 'without the link it is taken');

-- Editing: each field counts as one
select tap.as_person('dina');
select tap.throws($$update api_v1.samples set fields = '{"note": "blind"}' where name = 'T1'$$, 'PL006', 'an edit of a field names the version it saw');
select tap.lives($$update api_v1.samples set fields = '{"note": "by Dina"}', version = 1 where name = 'T1'$$, 'an edit names the fields it changes');
select tap.same(pg_temp.fields('T1') ->> 'prepared_on', '2026-03-31', 'the others stay');
select tap.as_person('tess');
select tap.lives($$update api_v1.samples set fields = '{"host": "yeast"}', version = 1 where name = 'T1'$$, 'another field, from the older version, is merged');
select tap.same(array[pg_temp.fields('T1') ->> 'note', pg_temp.fields('T1') ->> 'host'], '{by Dina,yeast}', 'both edits stand');
select tap.lives($$update api_v1.samples set fields = '{"note": "ok", "sequenced": false}', version = 1 where name = 'T1'$$, 'a field sent back as it was seen is no edit');
select tap.same(array[pg_temp.fields('T1') ->> 'note', pg_temp.fields('T1') ->> 'sequenced'], '{by Dina,false}', 'and theirs is kept');
select tap.same(((pg_temp.refusal($$update api_v1.samples set fields = '{"note": "by Tess"}', version = 1 where name = 'T1'$$) ->> 'details')::jsonb) -> 'fields',
  '{"fields.note": {"base": {"fields.note": "ok"}, "yours": {"fields.note": "by Tess"}, "theirs": {"fields.note": "by Dina"}}}'::jsonb,
  'the same field is a conflict that shows base, yours and theirs');
select tap.lives($$update api_v1.samples set fields = '{"ratio": null}', version = 4 where name = 'T1'$$, 'null removes a field');
select tap.ok(not pg_temp.fields('T1') ? 'ratio', 'which is gone');
select tap.throws($$update api_v1.samples set fields = '{"concentration": null}', version = 5 where name = 'T1'$$, 'PL124', 'but not a required one');
select tap.throws($$update api_v1.samples set fields = '{"concentration": {"value": 9, "unit": "g/L"}}', version = 5 where name = 'T1'$$, 'PL127', 'an edit is judged like a registration');
select tap.lives($$update api_v1.samples set description = 'x', version = 1 where name = 'T1'$$, 'other columns merge beside');
select tap.same(pg_temp.fields('T1') ->> 'host', 'yeast', 'and leave the fields alone');

-- What can be searched
select tap.same((select array_agg(n.field || ' ' || n.value || ' ' || n.dimension order by n.field) from api_v1.sample_numbers n join api_v1.samples s on s.id = n.sample_id where s.name = 'T2'),
  '{concentration 500 L-3.M}', 'numbers stand in base units, beside the sample');
select tap.same(private.to_base(500, 'ng/uL'), 500::float8, 'so that equal quantities are equal numbers');
select tap.same((select value from api_v1.sample_numbers n join api_v1.samples s on s.id = n.sample_id where s.name = 'T1' and n.field = 'concentration'), 12.5::float8, 'each has its own');
select tap.same(tap.count($$select from api_v1.sample_numbers n join api_v1.samples s on s.id = n.sample_id where s.name = 'T1' and n.field = 'ratio'$$), 0::bigint, 'what was removed is not found');
select tap.same((select array_agg(t.value order by t.field) from private.sample_texts t join api_v1.samples s on s.id = t.sample_id where s.name = 'T1'), '{yeast,"by Dina",false}', 'nor are old texts');
select tap.same((select d.value from private.sample_dates d join api_v1.samples s on s.id = d.sample_id where s.name = 'T1'), date '2026-03-31', 'dates are dates');
select tap.as_person('tap-imm');
select tap.same(array(select distinct s.name from api_v1.sample_numbers n join lab.samples s on s.id = n.sample_id where n.field = 'concentration' and s.name like 'T%'), '{"T of IMM"}',
  'who may not see a sample does not see its numbers');
select tap.as_person('sten');
select tap.same(tap.count($$select from api_v1.sample_numbers$$) + tap.count('select from private.sample_texts') + tap.count('select from api_v1.sample_fields') + tap.count('select from api_v1.sample_types'),
  0::bigint, 'a stranger sees neither numbers nor types');
select tap.throws($$insert into private.sample_numbers (lab_id, project_id, sample_id, field, value, dimension) select lab_id, id, id, 'x', 1, '1' from api_v1.projects$$, '42501', 'nobody writes them but the law');

-- A new version
select tap.as_person('ada');
select tap.same(pg_temp.refusal($$update api_v1.sample_types set archived = true, version = 1 where name = 'tap plasmid'$$) ->> 'hint',
  'You see 5 samples of it. Make a new version instead.', 'a type in use is not removed, and tells how many samples the asker sees');
select tap.throws($$delete from api_v1.sample_types where name = 'tap plasmid'$$, '42501', 'nor deleted');
select tap.lives($$select api_v1.make_sample_type_effective(api_v1.define_sample_type('tap plasmid', '[
  {"key": "concentration", "label": "Concentration", "type": "number", "unit": "ng/uL", "high": 100},
  {"key": "purified_by", "label": "Purified by", "type": "text", "required": true}]'))$$, 'a new version becomes effective');
select tap.same(array(select v.number || ' ' || v.status from api_v1.sample_type_versions v join api_v1.sample_types t on t.id = v.sample_type_id where t.name = 'tap plasmid' order by 1),
  '{"1 retired","2 effective"}', 'and the old one is retired');
select tap.as_person('tess');
select tap.lives($$update api_v1.samples set fields = '{"note": "still fine"}', version = 1 where name = 'T2'$$, 'an old sample stays on its version');
select tap.same((select type_version from api_v1.samples where name = 'T2'), 1, 'and is edited there');
select tap.throws(pg_temp.register('T', '{"concentration": {"value": 1, "unit": "ng/uL"}}'), 'PL124', 'a new sample follows the new version');
select tap.throws($$select api_v1.upgrade_sample(id, version, '{"purified_by": "column"}') from api_v1.samples where name = 'T2'$$, 'PL127', 'an upgrade judges anew');
select tap.throws($$select api_v1.upgrade_sample(id, 1, '{"purified_by": "column"}') from api_v1.samples where name = 'T5'$$, 'PL123', 'and asks what becomes of fields that are no more');
select tap.lives($$select api_v1.upgrade_sample(id, 1, '{"purified_by": "column", "parent": null, "host": null}') from api_v1.samples where name = 'T5'$$, 'with what the new version wants, it is done');
select tap.same((select type_version || ' ' || fields from api_v1.samples where name = 'T5'), '2 {"purified_by": "column", "concentration": {"unit": "ng/uL", "value": 1}}', 'and nothing else is left');
select tap.throws($$update api_v1.samples set type_version = 1, version = version where name = 'T5'$$, 'PL132', 'nobody goes back to a retired version');
select tap.lives($$update api_v1.samples set sample_type = 'no such type', fields = '{"concentration": null, "purified_by": null}', version = version where name = 'T5'$$, 'a sample can become something else');
select tap.same((select type_id from api_v1.samples where name = 'T5'), null, 'and has no type then');

-- Unused types
select tap.as_person('ada');
select api_v1.make_sample_type_effective(api_v1.define_sample_type('tap unused', '[]'));
select tap.lives($$update api_v1.sample_types set archived = true, version = 1 where name = 'tap unused'$$, 'a type without samples is archived');
select tap.as_person('tess');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'T', 'tap unused' from api_v1.projects where code = 'ENZ'$$,
  'PL130', 'and takes no samples any more');
