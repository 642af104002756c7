-- Where things are: places, positions and moves. One position holds at most one thing; who may not see it learns that it is taken, and whom to ask.

insert into lab.people (lab_id, login, name) select id, 'imm-tech', 'Immunoassay technician' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'imm-tech' and j.code = 'IMM';

select tap.as_person('tess');
insert into api_v1.places (lab_id, kind, name) select lab_id, 'site', 'Tap site' from api_v1.me();
insert into api_v1.places (lab_id, kind, name, parent_id, temperature) select lab_id, 'freezer', 'Tap freezer', id, -80 from api_v1.places where name = 'Tap site';
insert into api_v1.places (lab_id, kind, name, parent_id, row_count, column_count)
select p.lab_id, 'box', v.name, p.id, v.r, v.c from api_v1.places p, (values ('Tap box', 9, 9), ('Tap small', 1, 2), ('Tap bag', null, null)) v (name, r, c) where p.name = 'Tap freezer';
insert into api_v1.samples (lab_id, project_id, name, sample_type)
select p.lab_id, p.id, 'Rack ' || n, 'rack' from api_v1.projects p, generate_series(1, 4) n where p.code = 'ENZ';
insert into api_v1.samples (lab_id, project_id, name, sample_type)
select p.lab_id, p.id, 'Imm ' || n, 'rack' from api_v1.projects p, generate_series(1, 2) n where p.code = 'IMM';

create function pg_temp.place(name text) returns uuid language sql as $$ select id from lab.places p where p.name = place.name $$;
create function pg_temp.id(name text) returns uuid language sql as $$ select id from lab.samples s where s.sample_type = 'rack' and s.name = id.name $$;
create function pg_temp.code(name text) returns text language sql as $$ select code from lab.samples s where s.sample_type = 'rack' and s.name = code.name $$;
create function pg_temp.rack(place text, items text, key uuid default uuidv7()) returns jsonb language sql as $$
  select api_v1.rack_materials(pg_temp.place(place), items::jsonb, key)
$$;
create function pg_temp.at(name text) returns text language sql as $$
  select concat_ws(' ', p.name, s.position) from lab.samples s left join lab.places p on p.id = s.place_id where s.sample_type = 'rack' and s.name = at.name
$$;
-- What a refusal says of each row.
create function pg_temp.problems(statement text) returns text language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return sqlerrm::jsonb ->> 'code' || ': ' || (
    select string_agg((p ->> 'item') || ' ' || (p ->> 'problem'), '; ' order by (p ->> 'item')::integer)
    from jsonb_array_elements((sqlerrm::jsonb ->> 'details')::jsonb) p);
end $$;
select tap.as_migrator();
grant execute on all functions in schema pg_temp to public;

-- Places.
select tap.as_person('tess');
select tap.same(array(select name from api_v1.read_place_path(pg_temp.place('Tap box'))), '{Tap site,Tap freezer,Tap box}', 'the way to a place is read from the site down');
select tap.throws($$update api_v1.places set parent_id = pg_temp.place('Tap box'), version = 1 where name = 'Tap site'$$, 'PL147', 'a place cannot stand in itself');
select tap.throws($$update api_v1.places set parent_id = id, version = 1 where name = 'Tap site'$$, 'PL147', 'nor directly');
select tap.throws($$insert into api_v1.places (lab_id, kind, name, parent_id) select lab_id, 'box', 'Tap box', parent_id from api_v1.places where name = 'Tap box'$$, '23505', 'two of one name do not stand in one place');
select tap.throws($$insert into api_v1.places (lab_id, kind, name, row_count, column_count) select lab_id, 'plate', 'Odd plate', 9, 9 from api_v1.me()$$, '23514', 'a plate has 96 or 384 wells');
select tap.lives($$insert into api_v1.places (lab_id, kind, name, row_count, column_count) select lab_id, 'plate', 'Tap plate', 16, 24 from api_v1.me()$$, 'a plate is a place with wells');
select tap.same(tap.count($$select from api_v1.read_place(pg_temp.place('Tap plate'))$$), 384::bigint, 'as many as it has');
select tap.throws($$update api_v1.places set row_count = 2, version = 1 where name = 'Tap box'$$, '42501', 'a grid does not change under what stands in it');

-- Racking.
select set_config('tap.answer', pg_temp.rack('Tap box', jsonb_build_array(
    jsonb_build_object('code', pg_temp.code('Rack 1'), 'position', 'a1'),
    jsonb_build_object('code', lower(pg_temp.code('Rack 2')), 'position', '11'),
    jsonb_build_object('material_id', pg_temp.id('Rack 3')))::text, '019f0000-0000-7000-8000-000000000b01')::text, true) is not null;
select tap.same(array(select pg_temp.at('Rack ' || n) from generate_series(1, 3) n), '{Tap box A01,Tap box B02,Tap box A02}',
  'scanned codes are racked where one says, counted row by row, or in the next free position');
select tap.same(pg_temp.rack('Tap box', jsonb_build_array(
    jsonb_build_object('code', pg_temp.code('Rack 1'), 'position', 'a1'),
    jsonb_build_object('code', lower(pg_temp.code('Rack 2')), 'position', '11'),
    jsonb_build_object('material_id', pg_temp.id('Rack 3')))::text, '019f0000-0000-7000-8000-000000000b01'), current_setting('tap.answer')::jsonb || '{"repeated": true}',
  'racking again with the same key gives the same answer');
select tap.same(pg_temp.problems(format($$select pg_temp.rack('Tap box', %L)$$, jsonb_build_array(
    jsonb_build_object('code', pg_temp.code('Rack 4'), 'position', 'A01'),
    jsonb_build_object('code', pg_temp.code('Rack 4'), 'position', 'C01'),
    jsonb_build_object('code', 'S-NOBODY', 'position', 'C02'),
    jsonb_build_object('code', overlay(private.new_code_v2('S') placing '#' from 5 for 1), 'position', 'C03'),
    jsonb_build_object('code', regexp_replace(pg_temp.code('Imm 1'), '.$', case right(pg_temp.code('Imm 1'), 1) when '2' then '3' else '2' end), 'position', 'C03'),
    jsonb_build_object('code', pg_temp.code('Imm 1'), 'position', 'J01'),
    jsonb_build_object('code', pg_temp.code('Imm 2'), 'position', 'C01'), '7'::jsonb))),
  'PL145: 1 has position A01, which is taken: ask Tess Lindqvist; 2 stands twice in the list; 3 is a code that nobody knows; 4 is a code that nobody knows; '
  '5 is mistyped: its last character does not fit the others; 6 has the position "J01", which is not in its place; 7 has position C01, which another of the list has; '
  '8 is no object with a code and a position', 'what is wrong is said of each row');
select tap.same(pg_temp.at('Rack 4') || pg_temp.at('Imm 2'), '', 'and then none of them moves');
select tap.throws($$select pg_temp.rack('Tap bag', jsonb_build_array(jsonb_build_object('code', pg_temp.code('Rack 4'), 'position', 'A01'))::text)$$, 'PL145', 'a place without a grid has no positions');
select tap.lives($$select pg_temp.rack('Tap bag', jsonb_build_array(jsonb_build_object('code', pg_temp.code('Rack 4')))::text)$$, 'but things stand in it');
select tap.lives($$select pg_temp.rack('Tap small', jsonb_build_array(jsonb_build_object('code', pg_temp.code('Imm 1')), jsonb_build_object('code', pg_temp.code('Imm 2')))::text)$$, 'a box is filled');
select tap.same(pg_temp.problems($$select pg_temp.rack('Tap small', jsonb_build_array(jsonb_build_object('code', pg_temp.code('Rack 4')))::text)$$), null, 'where no position is free, it stands in the place without one');
select tap.throws($$select api_v1.rack_materials(uuidv7(), '[{"code": "S-1"}]', uuidv7())$$, 'PL145', 'nothing is racked into a place that does not exist');
select tap.throws($$select pg_temp.rack('Tap box', '[]')$$, 'PL008', 'an empty list is none');

-- Moving, swapping, taking out; and what was.
select tap.lives($$select api_v1.move_materials(jsonb_build_array(
    jsonb_build_object('material_id', pg_temp.id('Rack 1'), 'place_id', pg_temp.place('Tap box'), 'position', 'B02'),
    jsonb_build_object('material_id', pg_temp.id('Rack 2'), 'place_id', pg_temp.place('Tap box'), 'position', 'A01')), uuidv7(), 'Sorted.')$$, 'two swap in one call');
select tap.same(pg_temp.at('Rack 1') || ', ' || pg_temp.at('Rack 2'), 'Tap box B02, Tap box A01', 'each is where the other was');
select tap.lives($$select api_v1.swap_materials(pg_temp.id('Rack 1'), pg_temp.id('Rack 2'), uuidv7())$$, 'and back');
select tap.same(pg_temp.at('Rack 1') || ', ' || pg_temp.at('Rack 2'), 'Tap box A01, Tap box B02', 'as they were');
select tap.lives($$select api_v1.move_materials(jsonb_build_array(jsonb_build_object('material_id', pg_temp.id('Rack 3'))), uuidv7())$$, 'one is taken out');
select tap.same(pg_temp.at('Rack 3'), '', 'and is nowhere');
select tap.same(array(select concat_ws(' ', p.name, a.position) from api_v1.material_acts a left join api_v1.places p on p.id = a.place_id where a.material_id = pg_temp.id('Rack 1') order by a.number),
  '{Tap box A01,Tap box B02,Tap box A01}', 'where a material was is kept');
select tap.throws($$update api_v1.samples set position = 'C01', version = version where id = pg_temp.id('Rack 1')$$, 'PL140', 'a position is no edit');
select tap.lives($$select api_v1.dispose_material(pg_temp.id('Rack 2'), 'Broken.', uuidv7())$$, 'what is disposed of');
select tap.same((select state from api_v1.read_place(pg_temp.place('Tap box')) where at_position = 'B02'), 'free', 'leaves its position free');
select tap.throws($$select api_v1.move_materials(jsonb_build_array(jsonb_build_object('material_id', pg_temp.id('Rack 2'), 'place_id', pg_temp.place('Tap box'))), uuidv7())$$, 'PL142', 'and moves no more');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type, place_id, position) select lab_id, id, 'x', 'rack', pg_temp.place('Tap box'), 'A01' from api_v1.projects where code = 'ENZ'$$,
  '23P01', 'nothing is registered into a taken position');
select tap.throws($$insert into api_v1.samples (lab_id, project_id, name, sample_type, place_id, position) select lab_id, id, 'x', 'rack', pg_temp.place('Tap box'), 'Z99' from api_v1.projects where code = 'ENZ'$$,
  'PL150', 'nor into one that is not there');
select tap.lives($$insert into api_v1.samples (lab_id, project_id, name, sample_type, place_id, position) select lab_id, id, 'Placed', 'rack', pg_temp.place('Tap box'), 'c3' from api_v1.projects where code = 'ENZ'$$,
  'into a free one it is');
select tap.same(pg_temp.at('Placed'), 'Tap box C03', 'and stands there');

-- The taken exception.
select tap.as_migrator();
select set_config('tap.rack1', pg_temp.code('Rack 1'), true), set_config('tap.rack1_id', pg_temp.id('Rack 1')::text, true);
select tap.as_person('imm-tech');
select tap.same((select state || ', ask ' || ask || coalesce(code, '') || coalesce(material_id::text, '') || coalesce(name, '') || coalesce(status, '') from api_v1.read_place(pg_temp.place('Tap box')) where at_position = 'A01'),
  'taken, ask Tess Lindqvist', 'who may not see what is there sees that the position is taken and whom to ask, and nothing else');
select tap.same((select state || ' ' || name from api_v1.read_place(pg_temp.place('Tap small')) where at_position = 'A01'), 'held Imm 1', 'and sees what is his own');
select tap.same(pg_temp.problems($$select pg_temp.rack('Tap box', jsonb_build_array(jsonb_build_object('code', pg_temp.code('Imm 1'), 'position', 'A01'), jsonb_build_object('code', current_setting('tap.rack1'), 'position', 'D01'))::text)$$),
  'PL145: 1 has position A01, which is taken: ask Tess Lindqvist; 2 is known in your lab, but not yours to see', 'he racks nothing over it, and nothing he may not see');
select tap.same(array(select at_position from api_v1.read_place(pg_temp.place('Tap box')) where state <> 'free' order by 1), '{A01,C03}', 'what is nowhere or gone takes no position');
select tap.throws($$select api_v1.move_materials(jsonb_build_array(jsonb_build_object('material_id', current_setting('tap.rack1_id'))), uuidv7())$$, 'PL145', 'nor does he take it out');
select tap.same(tap.count('select from api_v1.samples where place_id = pg_temp.place(''Tap box'')'), 0::bigint, 'the list of what stands there has nothing for him');

-- Another lab.
select tap.as_migrator();
insert into lab.places (lab_id, kind, name) select id, 'box', 'Northern box' from lab.labs where code = 'NORTH';
select set_config('tap.box', pg_temp.place('Tap box')::text, true), set_config('tap.north', pg_temp.place('Northern box')::text, true);
select tap.throws($$update lab.samples set place_id = current_setting('tap.north')::uuid where name = 'Rack 1'$$, 'PL140', 'a row says no place but that of its last act');
select tap.throws($$insert into lab.material_acts (lab_id, project_id, material_id, kind, place_id) select lab_id, project_id, id, 'move', current_setting('tap.north')::uuid from lab.samples where name = 'Rack 1'$$,
  'PL004', 'and no act moves a material into another lab');
select tap.as_person('sten');
select tap.throws($$select * from api_v1.read_place(current_setting('tap.box')::uuid)$$, 'PL004', 'for a stranger the place does not exist');
select tap.same(tap.count($$select from private.taken_positions(current_setting('tap.box')::uuid)$$), 0::bigint, 'not even what is taken in it');
