-- Made from and made into: in one act, with both ledgers, at any depth, never in a ring; and what a hidden link does not tell.

insert into lab.people (lab_id, login, name) select id, 'imm-tech', 'Immunoassay technician' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'imm-tech' and j.code = 'IMM';
insert into lab.samples (lab_id, project_id, name, sample_type, amount, amount_unit)
select p.lab_id, p.id, v.name, 'traced', v.amount, v.unit
from lab.projects p, (values ('Stock', 10, 'mL'), ('Buffer', 100, 'mL'), ('Pellet', 2, 'mL'), ('Loose', 1, 'mL')) v (name, amount, unit)
where p.code = 'ENZ';
insert into lab.places (lab_id, kind, name, row_count, column_count) select id, 'box', 'Traced box', 2, 2 from lab.labs where code = 'DEMO';

create function pg_temp.id(name text) returns uuid language sql as $$ select id from lab.samples s where s.sample_type like 'traced%' and s.name = id.name $$;
create function pg_temp.stand(name text) returns text language sql as $$
  select concat_ws(' ', s.amount, s.amount_unit, s.status) from lab.samples s where s.sample_type like 'traced%' and s.name = stand.name
$$;
create function pg_temp.link(made text, parent text) returns void language sql as $$
  insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
  select s.lab_id, s.project_id, s.id, pg_temp.id(parent), 'aliquot' from lab.samples s where s.id = pg_temp.id(made)
$$;
create function pg_temp.trace(name text, direction text) returns text language sql as $$
  select string_agg(t.depth || ' ' || t.name, ', ' order by t.depth, t.name) from api_v1.trace_materials(pg_temp.id(name), direction) t
$$;
grant execute on all functions in schema pg_temp to public;

-- Many from one.
select tap.as_person('tess');
select set_config('tap.answer', api_v1.make_parts(pg_temp.id('Stock'), 'aliquot', jsonb_build_array(
    '{"amount": 500, "unit": "uL", "count": 3}'::jsonb,
    jsonb_build_object('name', 'Named', 'amount', 1, 'unit', 'mL', 'foreign_code', 'TRACED-1', 'foreign_kind', 'client', 'place_id', (select id from api_v1.places where name = 'Traced box'), 'position', 'a1')),
  '019f0000-0000-7000-8000-000000000c01')::text, true) is not null;
select tap.same(pg_temp.stand('Stock'), '7.5 mL available', 'what went into the parts has left the stock');
select tap.same(array(select name || ' ' || amount || ' ' || amount_unit from api_v1.samples where name like 'Stock / %' or name = 'Named' order by name), '{Named 1 mL,Stock / 1 500 uL,Stock / 2 500 uL,Stock / 3 500 uL}', 'each part has its own');
select tap.same((select count(*) from api_v1.material_acts where material_id = pg_temp.id('Stock') and kind = 'use' and other_id is not null), 4::bigint, 'the ledger names each part');
select tap.same((select string_agg(distinct kind || ' ' || sample_type, ', ') from api_v1.samples where name like 'Stock / %'), 'sample traced', 'a part is of its parent''s kind and type');
select tap.same((select p.name || ' ' || f.matched from api_v1.find_code('TRACED-1') f join api_v1.samples s on s.id = f.id join api_v1.places p on p.id = s.place_id), 'Traced box client', 'it is racked and named in the same act');
select tap.same(api_v1.make_parts(pg_temp.id('Stock'), 'aliquot', jsonb_build_array(
    '{"amount": 500, "unit": "uL", "count": 3}'::jsonb,
    jsonb_build_object('name', 'Named', 'amount', 1, 'unit', 'mL', 'foreign_code', 'TRACED-1', 'foreign_kind', 'client', 'place_id', (select id from api_v1.places where name = 'Traced box'), 'position', 'a1')),
  '019f0000-0000-7000-8000-000000000c01'), current_setting('tap.answer')::jsonb || '{"repeated": true}', 'the same act again makes nothing');
select tap.same(pg_temp.stand('Stock'), '7.5 mL available', 'and takes nothing');
select tap.throws(format('select api_v1.make_parts(pg_temp.id(%L), %L, %L, uuidv7())', 'Stock', kind, parts), code, sentence)
from (values
  ('aliquot', '[{"amount": 8, "unit": "mL"}]', 'PL141', 'more than there is goes into no part'),
  ('aliquot', '[{"amount": 3, "unit": "mL", "count": 3}]', 'PL141', 'nor into three of them'),
  ('aliquot', '[{"amount": 5}]', 'PL153', '5 is not a volume'),
  ('aliquot', '[{"amount": "five", "unit": "mL"}]', 'PL153', 'five is no number'),
  ('aliquot', '[{"amount": -1, "unit": "mL"}]', 'PL153', 'a part is not less than nothing'),
  ('aliquot', '[{"amount": 5, "unit": "furlong"}]', 'PL153', 'a furlong is no unit of this lab'),
  ('aliquot', '[{"name": " "}]', 'PL153', 'a part has a name'),
  ('aliquot', '[7]', 'PL153', 'a part is an object'),
  ('aliquot', '[]', 'PL008', 'no parts are none'),
  ('aliquot', '[{"count": 2001}]', 'PL008', 'more than 2000 are too many'),
  ('aliquot', '[{"count": "x"}]', 'PL008', 'and a count is a number'),
  ('aliquot', '[{"foreign_code": "TRACED-1", "foreign_kind": "client"}]', 'PL152', 'a code that is taken is not given again'),
  ('aliquot', '[{"amount": 1, "unit": "min"}]', 'PL143', 'minutes are not taken from millilitres'),
  ('melt', '[{"amount": 1, "unit": "mL"}]', 'PL008', 'parts are made in known ways')) v (kind, parts, code, sentence);
select tap.same(pg_temp.stand('Stock') || tap.count($$select from api_v1.samples where name like 'Stock / %'$$), '7.5 mL available3', 'and nothing of this has happened');
select tap.throws(format('select api_v1.make_parts(pg_temp.id(%L), %L, jsonb_build_array(jsonb_build_object(%L, %L, %L, id, %L, %L)), uuidv7()) from api_v1.places where name = %L',
  'Stock', 'aliquot', 'name', 'x', 'place_id', 'position', 'A01', 'Traced box'), 'PL151', 'no part goes into a taken position');
select tap.lives($$select api_v1.make_parts(pg_temp.id('Pellet'), 'split', '[{"amount": 0.9, "unit": "mL", "count": 2}]', uuidv7())$$, 'a material is split');
select tap.same(pg_temp.stand('Pellet'), '0 mL consumed', 'and nothing is left of it');
select tap.lives($$select api_v1.make_parts(pg_temp.id('Pellet / 1'), 'extract', '[{"name": "Extract", "sample_type": "traced RNA", "amount": 30, "unit": "uL", "taken": 0.5, "taken_unit": "mL"}]', uuidv7())$$, 'something is extracted');
select tap.same(pg_temp.stand('Pellet / 1') || ', ' || pg_temp.stand('Extract'), '0.4 mL available, 30 uL available', 'what went in and what came out are two amounts');

-- One from many.
select tap.lives($$select api_v1.pool_materials(jsonb_build_array(
    jsonb_build_object('material_id', pg_temp.id('Stock / 1'), 'amount', 0.2, 'unit', 'mL'),
    jsonb_build_object('code', (select code from api_v1.samples where id = pg_temp.id('Stock / 2'))),
    jsonb_build_object('code', 'TRACED-1', 'amount', 300, 'unit', 'uL')), uuidv7(), 'Pool')$$, 'three are pooled, by id, by code, by a foreign code');
select tap.same(pg_temp.stand('Pool') || ', ' || pg_temp.stand('Stock / 1') || ', ' || pg_temp.stand('Stock / 2') || ', ' || pg_temp.stand('Named'), '1000 uL available, 300 uL available, 0 uL consumed, 0.7 mL available',
  'a pool is what went into it; without an amount, all that was left');
select tap.lives($$select api_v1.prepare_material(jsonb_build_array(
    jsonb_build_object('material_id', pg_temp.id('Pool'), 'amount', 100, 'unit', 'uL'),
    jsonb_build_object('material_id', pg_temp.id('Buffer'), 'amount', 9.9, 'unit', 'mL')), uuidv7(), 'Standard', '{"kind": "standard", "amount": 10, "unit": "mL", "sample_type": "traced standard"}')$$, 'a standard is prepared');
select tap.same((select kind || ' ' || amount || amount_unit from api_v1.samples where name = 'Standard'), 'standard 10mL', 'with its own amount');
select tap.throws($$select api_v1.pool_materials('[{"code": "NOBODY"}, {"code": "TRACED-1", "amount": 1}, {"code": "TRACED-1"}]', uuidv7(), 'x')$$, 'PL153', 'what is wrong with parts is said of each');
select tap.throws($$select api_v1.pool_materials(jsonb_build_array(jsonb_build_object('material_id', pg_temp.id('Stock / 3'))), uuidv7(), ' ')$$, 'PL153', 'a pool needs a name');
select tap.same((select count(*) from lab.samples s where s.sample_type like 'traced%' and s.amount is distinct from (
    select sum(a.change)::float8 from lab.material_acts a where a.material_id = s.id and a.unit = s.amount_unit)), 0::bigint, 'the acts of all of them add up');

-- In one call.
select tap.same(pg_temp.trace('Standard', 'from'), '1 Buffer, 1 Pool, 2 Named, 2 Stock / 1, 2 Stock / 2, 3 Stock', 'what it was made from, at any depth, each once');
select tap.same(pg_temp.trace('Stock', 'into'), '1 Named, 1 Stock / 1, 1 Stock / 2, 1 Stock / 3, 2 Pool, 3 Standard', 'and where it was used');
select tap.same((select relation || ' ' || taken || ' ' || taken_unit || ' of ' || p.name from api_v1.trace_materials(pg_temp.id('Buffer'), 'into') t join api_v1.samples p on p.id = t.from_id), 'prepare 9.9 mL of Buffer',
  'each with how it was made and how much went in');
create function pg_temp.paged(size integer) returns text[] language plpgsql as $$
declare
  names text[] := '{}';
  last record := null;
  page record;
  rows integer;
  at_depth integer := 0;
  at_id uuid;
begin
  loop
    rows := 0;
    for page in select t.depth, t.id, t.name from api_v1.trace_materials(pg_temp.id('Standard'), 'from', after_depth => at_depth, after_id => at_id, most => size) t loop
      names := names || page.name; at_depth := page.depth; at_id := page.id; rows := rows + 1;
    end loop;
    exit when rows < size;
  end loop;
  return names;
end $$;
select tap.as_migrator();
grant execute on function pg_temp.paged(integer) to public;
select tap.as_person('tess');
select tap.same(pg_temp.paged(size), array(select t.name from api_v1.trace_materials(pg_temp.id('Standard'), 'from') t), 'pages of ' || size || ' are the same list') from unnest('{1,2,4,100}'::integer[]) size;
select tap.same(tap.count($$select from api_v1.trace_materials(pg_temp.id('Standard'), 'from', most_depth => 1)$$), 2::bigint, 'a depth is a limit');
select tap.throws($$select api_v1.trace_materials(pg_temp.id('Standard'), 'sideways')$$, 'PL008', 'there are two directions');
select tap.throws($$select api_v1.trace_materials(pg_temp.id('Standard'), 'from', most => 100000)$$, 'PL022', 'and a page has a bound');
select tap.same(tap.count($$select from api_v1.get_lineage(pg_temp.id('Standard'))$$), 9::bigint, 'the lineage of a record tells the same links');

-- No ring, whichever way its links are written.
select tap.as_migrator();
select tap.throws($$select pg_temp.link('Stock', 'Standard')$$, 'PL146', 'nothing is made from what was made from it');
select tap.throws($$select pg_temp.link('Stock', 'Stock')$$, '23514', 'nor from itself');
select tap.lives($$select pg_temp.link('Stock', 'Loose')$$, 'a link against time is taken where it closes no ring');
select tap.throws($$select pg_temp.link('Loose', 'Pool')$$, 'PL146', 'and from then on links with time are looked at too');
select tap.throws($$insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
  select s.lab_id, s.project_id, v.made, v.parent, 'aliquot' from lab.samples s, (values (pg_temp.id('Extract'), pg_temp.id('Buffer')), (pg_temp.id('Buffer'), pg_temp.id('Extract'))) v (made, parent) where s.name = 'Stock' and s.sample_type = 'traced'$$,
  'PL146', 'two links of one statement close no ring either');

-- What is hidden ends its branch: Stock (ENZ) -> Hidden (IMM) -> Beyond (ENZ), read by somebody of ENZ alone.
insert into lab.people (lab_id, login, name) select id, 'enz-tech', 'Enzymology technician' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'enz-tech' and j.code = 'ENZ';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Hidden', 'traced' from lab.projects where code = 'IMM';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Beyond', 'traced' from lab.projects where code = 'ENZ';
select pg_temp.link('Hidden', 'Buffer'), pg_temp.link('Beyond', 'Hidden');
select set_config('tap.hidden', pg_temp.id('Hidden')::text, true), set_config('tap.beyond', pg_temp.id('Beyond')::text, true);
select tap.as_person('tess');
select tap.same(pg_temp.trace('Buffer', 'into'), '1 Hidden, 1 Standard, 2 Beyond', 'who sees all sees the whole branch');
select tap.as_person('enz-tech');
select tap.same(pg_temp.trace('Buffer', 'into'), '1 Standard', 'who does not see the middle sees neither it nor what comes after');
select tap.same(pg_temp.trace('Beyond', 'from'), null, 'from the other end, the branch ends too');
select tap.same(tap.count($$select from api_v1.sample_origins where sample_id = current_setting('tap.beyond')::uuid or parent_id = current_setting('tap.hidden')::uuid$$), 0::bigint, 'no link shows an end that one may not see');
select tap.same(tap.count($$select from history.sample_origins where parent_id = current_setting('tap.hidden')::uuid$$), 0::bigint, 'nor does the past');
select tap.same(array(select name from api_v1.get_lineage(pg_temp.id('Beyond'))), '{Beyond}', 'nor the lineage of a record');
select tap.throws($$select api_v1.trace_materials(current_setting('tap.hidden')::uuid, 'from')$$, 'PL004', 'the hidden one itself does not exist');
select tap.throws($$insert into api_v1.sample_origins (lab_id, project_id, sample_id, parent_id, kind) select s.lab_id, s.project_id, s.id, current_setting('tap.hidden')::uuid, 'pool' from api_v1.samples s where s.name = 'Standard'$$,
  'PL004', 'and nothing is said to be made from it');
select tap.lives($$insert into api_v1.sample_origins (lab_id, project_id, sample_id, parent_id, kind) select s.lab_id, s.project_id, s.id, pg_temp.id('Loose'), 'pool' from api_v1.samples s where s.name = 'Standard'$$,
  'what he sees, he links');

-- Who may not make.
select tap.as_person('rhea');
select tap.throws($$select api_v1.make_parts(pg_temp.id('Stock'), 'aliquot', '[{"amount": 1, "unit": "uL"}]', uuidv7())$$, 'PL003', 'a reviewer makes no parts');
select tap.throws($$select api_v1.pool_materials(jsonb_build_array(jsonb_build_object('material_id', pg_temp.id('Stock / 3'))), uuidv7(), 'x')$$, 'PL003', 'nor pools');
select tap.as_person('imm-tech');
select tap.throws(format('select api_v1.pool_materials(%L, uuidv7(), %L)', jsonb_build_array(jsonb_build_object('material_id', current_setting('tap.beyond'))), 'x'), 'PL153', 'nobody pools what he does not see');
