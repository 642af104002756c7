-- Lots: released or not, opened, expired; what is not allowed is done for a reason and recorded.

create function pg_temp.id(name text) returns uuid language sql as $$ select id from lab.samples s where s.name = id.name and s.sample_type in ('reagent', 'tap buffer') $$;
create function pg_temp.lot(name text) returns text language sql as $$
  select concat_ws(' ', l.status, l.opened_on, l.expires_on, l.expires_first) from api_v1.lots l where l.material_id = pg_temp.id(name)
$$;
create function pg_temp.register(name text, lot jsonb, key uuid default uuidv7()) returns jsonb language sql as $$
  select api_v1.register_lot(p.id, register.name, lot, key) from api_v1.projects p where p.code = 'ENZ'
$$;
grant execute on all functions in schema pg_temp to public;

select tap.as_person('tess');
select tap.lives($$select pg_temp.register('Tap dye', '{"supplier": "Chem & Co", "catalogue_number": "C-1", "lot_number": "L-77", "amount": 500, "unit": "mL", "expires_on": "2099-12-31", "in_use_days": 30, "low_amount": 450, "foreign_code": "(01)0400", "foreign_kind": "supplier"}', '019f0000-0000-7000-8000-000000000d01')$$, 'a lot is registered');
select tap.same((pg_temp.register('Tap dye', '{"supplier": "Chem & Co", "catalogue_number": "C-1", "lot_number": "L-77", "amount": 500, "unit": "mL", "expires_on": "2099-12-31", "in_use_days": 30, "low_amount": 450, "foreign_code": "(01)0400", "foreign_kind": "supplier"}', '019f0000-0000-7000-8000-000000000d01')) -> 'repeated', 'true', 'once per key');
select tap.same(pg_temp.lot('Tap dye'), 'quarantine 2099-12-31 2099-12-31', 'it begins in quarantine');
select tap.same((select kind || ' ' || amount from api_v1.samples where id = pg_temp.id('Tap dye')), 'lot 500', 'and is a material like any other');
select tap.throws(format('select pg_temp.register(%L, %L)', 'x', lot), code, sentence)
from (values
  ('{"amount": 5}', 'PL153', '5 is not a volume'), ('{"expires_on": "31/02/2027"}', 'PL008', 'a day is written in one way'), ('{"expires_on": "2027-02-31"}', 'PL008', 'and exists'),
  ('{"in_use_days": -3}', 'PL008', 'days are counted from opening'), ('{"lot_status": "fine"}', 'PL008', 'a status is one of three'),
  ('{"certificate_file_id": "019f0000-0000-7000-8000-000000000000"}', 'PL004', 'a certificate is a file'), ('[]', 'PL008', 'a lot is an object')) v (lot, code, sentence);

-- Use of what is not released, or blocked, or expired.
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7())$$, 'PL155', 'what is in quarantine is not used just so');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7(), 'A trial, not reported.')$$, 'it is used for a reason');
select tap.same((select departure || ': ' || reason from api_v1.material_departures where material_id = pg_temp.id('Tap dye')), 'quarantine: A trial, not reported.', 'and that is recorded');
select tap.throws($$select api_v1.release_lot(pg_temp.id('Tap dye'), '', uuidv7())$$, 'PL144', 'to release needs words');
select tap.lives($$select api_v1.release_lot(pg_temp.id('Tap dye'), 'Certificate checked.', uuidv7())$$, 'it is released');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7())$$, 'and used');
select tap.same(tap.count($$select from api_v1.material_departures where material_id = pg_temp.id('Tap dye')$$), 1::bigint, 'which is no departure');
select tap.lives($$select api_v1.open_lot(pg_temp.id('Tap dye'), uuidv7(), '2026-01-10T23:59:00Z')$$, 'it was opened');
select tap.same(pg_temp.lot('Tap dye'), 'released 2026-01-10 2099-12-31 2026-02-09', 'and expires so many days after, if that comes first');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7())$$, 'PL155', 'what is expired needs a reason');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7(), happened_at => '2026-02-09T12:00:00Z')$$, 'use on its last day is judged by that day');
select tap.lives($$select api_v1.block_lot(pg_temp.id('Tap dye'), 'Recall 7 of the supplier.', uuidv7())$$, 'it is blocked');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tap dye'), 10, 'mL', uuidv7(), happened_at => '2026-02-09T12:00:00Z')$$, 'PL155', 'what is blocked needs a reason too');
select tap.lives($$select api_v1.quarantine_lot(pg_temp.id('Tap dye'), 'To be tested.', uuidv7())$$, 'it goes back into quarantine');
select tap.same(array(select a.kind from api_v1.material_acts a where a.material_id = pg_temp.id('Tap dye') and a.kind in ('open', 'release', 'block', 'quarantine') order by a.number), '{release,open,block,quarantine}', 'the ledger tells it all');
select tap.lives($$update api_v1.lots set expires_on = '2098-01-01', version = version where material_id = pg_temp.id('Tap dye')$$, 'what is printed on it is an edit');
select tap.throws($$update api_v1.lots set status = 'released', version = version where material_id = pg_temp.id('Tap dye')$$, 'PL140', 'a status is none');
select tap.throws($$update api_v1.lots set opened_on = null, version = version where material_id = pg_temp.id('Tap dye')$$, 'PL140', 'nor is the opening');
select tap.as_migrator();
select tap.throws($$update lab.lots set status = 'released' where material_id = pg_temp.id('Tap dye')$$, 'PL140', 'not even for whoever owns the table');
select tap.as_person('tess');
insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Tap no lot', 'reagent' from api_v1.projects where code = 'ENZ';
select tap.throws($$select api_v1.release_lot(pg_temp.id('Tap no lot'), 'x', uuidv7())$$, 'PL154', 'what is no lot is not released');

-- Made from lots.
select pg_temp.register('Tap salt', '{"amount": 100, "unit": "mL", "expires_on": "2099-06-30", "lot_status": "released"}') is not null,
  pg_temp.register('Tap water', '{"amount": 900, "unit": "mL", "expires_on": "2099-01-31", "lot_status": "released", "low_amount": 1000}') is not null;
select set_config('tap.parts', jsonb_build_array(
  jsonb_build_object('material_id', pg_temp.id('Tap salt'), 'amount', 5, 'unit', 'mL'), jsonb_build_object('material_id', pg_temp.id('Tap water'), 'amount', 45, 'unit', 'mL'))::text, true) is not null;
select tap.lives($$select api_v1.prepare_material(current_setting('tap.parts')::jsonb, uuidv7(), 'Tap buffer', '{"sample_type": "tap buffer", "amount": 50, "unit": "mL", "lot_status": "released"}')$$, 'a lot is prepared from lots');
select tap.same(pg_temp.lot('Tap buffer'), 'released 2099-01-31 2099-01-31', 'and expires with its shortest part');
select tap.throws($$select api_v1.prepare_material(current_setting('tap.parts')::jsonb, uuidv7(), 'Tap late', '{"sample_type": "tap buffer", "amount": 50, "unit": "mL", "expires_on": "2099-03-01"}')$$, 'PL156', 'not later');
select tap.lives($$select api_v1.prepare_material(current_setting('tap.parts')::jsonb, uuidv7(), 'Tap late', '{"sample_type": "tap buffer", "amount": 50, "unit": "mL", "expires_on": "2099-03-01", "expiry_reason": "SOP BUFFER 4.2"}')$$, 'unless its method says otherwise');
select tap.throws($$update api_v1.lots set expires_on = '2099-03-01', version = version where material_id = pg_temp.id('Tap buffer')$$, 'PL156', 'nor by an edit');
select tap.lives($$select api_v1.make_parts(pg_temp.id('Tap buffer'), 'aliquot', '[{"amount": 1, "unit": "mL", "count": 2}]', uuidv7())$$, 'parts of a lot');
select tap.same(pg_temp.lot('Tap buffer / 2'), pg_temp.lot('Tap buffer'), 'are of the same lot');
select tap.throws($$select api_v1.make_parts(pg_temp.id('Tap dye'), 'aliquot', '[{"amount": 1, "unit": "mL"}]', uuidv7())$$, 'PL155', 'parts of one in quarantine need a reason');
select tap.same(array(select name from api_v1.trace_materials(pg_temp.id('Tap salt'), 'into') order by depth, name), '{Tap buffer,Tap late,Tap buffer / 1,Tap buffer / 2}', 'a recall finds what was made from a lot');

-- Lists.
select tap.same(array(select name from api_v1.expiring_lots where expires_first <= '2099-01-31' and name like 'Tap %' order by expires_first, name), '{Tap dye,Tap buffer,Tap buffer / 1,Tap buffer / 2,Tap water}', 'what expires is a list');
select tap.same(array(select name from api_v1.low_stock where name like 'Tap %'), '{Tap water}', 'and so is what runs low');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Tap dye'), 30, 'mL', uuidv7(), 'A trial.')$$, 'where more is taken');
select tap.same(array(select name from api_v1.low_stock where name like 'Tap %' order by name), '{Tap dye,Tap water}', 'more is low');

-- Who may not.
select tap.as_person('rhea');
select tap.same(tap.count($$select from api_v1.lots where material_id = pg_temp.id('Tap dye')$$), 1::bigint, 'a reviewer sees a lot');
select tap.throws($$select api_v1.release_lot(pg_temp.id('Tap dye'), 'x', uuidv7())$$, 'PL003', 'and does not release it');
select tap.throws($$select pg_temp.register('x', '{}')$$, 'PL003', 'nor registers one');
select tap.as_migrator();
select set_config('tap.dye', pg_temp.id('Tap dye')::text, true), set_config('tap.project', (select id::text from lab.projects where code = 'ENZ'), true);
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.lots') + tap.count('select from api_v1.expiring_lots') + tap.count('select from api_v1.low_stock') + tap.count('select from api_v1.material_departures'), 0::bigint, 'a stranger sees none');
select tap.throws($$select api_v1.block_lot(current_setting('tap.dye')::uuid, 'x', uuidv7())$$, 'PL004', 'and blocks none');
select tap.throws($$select api_v1.register_lot(current_setting('tap.project')::uuid, 'x', '{}', uuidv7())$$, 'PL004', 'nor registers one where he is not');
