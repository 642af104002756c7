-- What happens to a material is an act; the acts add up to what its row says. Asked by a technician, a reviewer, a stranger and a member of
-- another project; each "cannot" stands beside somebody who can.

insert into lab.people (lab_id, login, name) select id, 'imm-tech', 'Immunoassay technician' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'imm-tech' and j.code = 'IMM';
insert into lab.samples (lab_id, project_id, name, sample_type, amount, amount_unit)
select p.lab_id, p.id, v.name, 'ledger', v.amount, v.unit
from lab.projects p, (values ('Tube', 1.5, 'mL'), ('Decimals', 0.3, 'mL'), ('Unknown', null, null), ('Other', 5, 'mL')) v (name, amount, unit)
where p.code = 'ENZ';

create function pg_temp.id(name text) returns uuid language sql as $$
  select id from lab.samples s where s.sample_type = 'ledger' and s.name = id.name
$$;
create function pg_temp.stand(name text) returns text language sql as $$
  select concat_ws(' ', s.amount, s.amount_unit, s.status) from lab.samples s where s.sample_type = 'ledger' and s.name = stand.name
$$;
-- What the acts of each material add up to is what its row says.
create function pg_temp.unsettled() returns bigint language sql as $$
  select count(*) from lab.samples s
  where s.amount is distinct from (
    select sum(a.change)::float8 from lab.material_acts a where a.material_id = s.id and a.unit = s.amount_unit)
$$;

grant execute on all functions in schema pg_temp to public;

-- Registered, taken, corrected.
select tap.same((select kind || ' ' || change || ' ' || unit from lab.material_acts where material_id = pg_temp.id('Tube')), 'register 1.5 mL',
  'what a material is registered with is its first act');
select tap.same(tap.count($$select from lab.material_acts where material_id = pg_temp.id('Unknown')$$), 0::bigint, 'where there is nothing to tell, there is none');

select tap.as_person('tess');
select set_config('tap.answer', api_v1.take_amount(pg_temp.id('Tube'), 250, 'uL', '019f0000-0000-7000-8000-000000000a01')::text, true) is not null;
select tap.same(current_setting('tap.answer')::jsonb - 'material_id' - 'code' - 'version',
  '{"name": "Tube", "status": "available", "amount": 1.25, "unit": "mL", "thaw_count": 0, "custodian_id": null, "received_at": null, "condition": null, "place_id": null, "position": null, "repeated": false}',
  'an amount is taken in a unit that converts, and the answer says what is left');
select tap.same(api_v1.take_amount(pg_temp.id('Tube'), 250, 'uL', '019f0000-0000-7000-8000-000000000a01'), current_setting('tap.answer')::jsonb || '{"repeated": true}',
  'the same act again gives the same answer');
select tap.same(pg_temp.stand('Tube'), '1.25 mL available', 'and takes nothing twice');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 251, 'uL', '019f0000-0000-7000-8000-000000000a01')$$, 'PL009', 'its key serves no other act');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 1, 'uL', null)$$, 'PL008', 'an act needs a key');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 1.2500001, 'mL', uuidv7())$$, 'PL141', 'more than there is cannot be taken');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 1, 'min', uuidv7())$$, 'PL143', 'nor anything in a unit that does not convert');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 1, 'furlong', uuidv7())$$, 'PL143', 'nor in a unit nobody knows');
select tap.throws(format('select api_v1.take_amount(pg_temp.id(%L), %L, %L, uuidv7())', 'Tube', n, 'mL'), 'PL008', n || ' is no amount to take')
from unnest('{0,-1,NaN,Infinity}'::text[]) n;
select tap.throws($$select api_v1.take_amount(pg_temp.id('Tube'), 1, 'mL', uuidv7(), happened_at => clock_timestamp() + interval '1 hour')$$, 'PL033', 'nothing was taken in the future');
select tap.same(pg_temp.stand('Tube'), '1.25 mL available', 'and nothing of this has changed anything');

select tap.lives(format('select api_v1.take_amount(pg_temp.id(%L), 0.1, %L, uuidv7())', 'Decimals', 'mL'), 'a tenth is taken') from generate_series(1, 2);
select tap.same(pg_temp.stand('Decimals'), '0.1 mL available', '0.3 less 0.1 less 0.1 is 0.1');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Decimals'), 100, 'uL', uuidv7())$$, 'and the last of it');
select tap.same(pg_temp.stand('Decimals'), '0 mL consumed', 'which consumes it');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Decimals'), 0.1, 'mL', uuidv7())$$, 'PL142', 'from what is consumed nothing is taken');
select tap.throws($$select api_v1.correct_amount(pg_temp.id('Decimals'), 0.05, 'mL', ' ', uuidv7())$$, 'PL144', 'a correction needs a reason');
select tap.lives($$select api_v1.correct_amount(pg_temp.id('Decimals'), 50, 'uL', 'The tube was weighed.', uuidv7())$$, 'with one it stands');
select tap.same(pg_temp.stand('Decimals'), '0.05 mL available', 'and there is something again, in its own unit');
select tap.lives($$select api_v1.correct_amount(pg_temp.id('Other'), 5, 'uL', 'It was registered in the wrong unit.', uuidv7())$$, 'a wrong unit is corrected');
select tap.lives($$select api_v1.correct_amount(pg_temp.id('Other'), 7, '1', 'They are pieces.', uuidv7())$$, 'also one of another kind');
select tap.lives($$select api_v1.correct_amount(pg_temp.id('Other'), 2, 'mL', 'No, a liquid.', uuidv7())$$, 'and back');
select tap.same(pg_temp.stand('Other'), '2 mL available', 'the row says the last');
select tap.throws($$select api_v1.correct_amount(pg_temp.id('Other'), 2, 'furlong', 'x', uuidv7())$$, 'PL004', 'a unit the lab does not have is refused');
select tap.lives($$select api_v1.take_amount(pg_temp.id('Unknown'), 1, 'mL', uuidv7())$$, 'what is taken from an unknown amount is recorded');
select tap.same((select given_amount || ' ' || given_unit || ' of ' || coalesce(balance::text, 'unknown') from api_v1.material_acts where material_id = pg_temp.id('Unknown')), '1 mL of unknown',
  'and leaves it unknown');
select tap.lives($$select api_v1.correct_amount(pg_temp.id('Unknown'), 3, 'mL', 'Measured.', uuidv7())$$, 'until it is measured');
select tap.same(pg_temp.stand('Unknown'), '3 mL available', 'then it is known');

-- Nothing passes by the ledger.
select tap.throws(format('update api_v1.samples set %s, version = version where sample_type = %L and name = %L', edit, 'ledger', 'Tube'), 'PL140', sentence)
from (values
  ('amount = 9', 'an amount is no edit'), ('amount_unit = ''uL''', 'nor is its unit'), ('status = ''archived''', 'nor a status'),
  ('thaw_count = 3', 'nor a thaw'), ('custodian_id = created_by, thaw_count = 1', 'nor a custodian'), ('condition = ''good''', 'nor a condition')) v (edit, sentence);
select tap.lives($$update api_v1.samples set name = 'Tube', description = 'Renamed', version = version where sample_type = 'ledger' and name = 'Tube'$$, 'the rest is an edit, as ever');
select tap.throws($$insert into lab.material_acts (lab_id, project_id, material_id, number, kind, status, thaw_count) select lab_id, project_id, id, 99, 'register', 'available', 0 from lab.samples where name = 'Tube'$$,
  '23514', 'nothing is registered twice');
select tap.throws('update lab.material_acts set change = 0', '42501', 'an act does not change');
select tap.as_migrator();
select tap.throws($$update lab.samples set amount = 9 where name = 'Tube'$$, 'PL140', 'not even whoever owns the table passes by the ledger');
select tap.same(pg_temp.unsettled(), 0::bigint, 'the acts of every material add up to its amount');

-- Thaws, custody, receipt.
select tap.as_person('tess');
select tap.same(api_v1.thaw_material(pg_temp.id('Tube'), uuidv7()) ->> 'thaw_count', '1', 'a thaw is counted');
select tap.same(api_v1.receive_material(pg_temp.id('Tube'), 'thawed', uuidv7(), received_at => '2026-01-02T03:04:05Z') ->> 'thaw_count', '2', 'and so is one on the way');
select tap.same((select condition || ' ' || (received_at at time zone 'UTC') from api_v1.samples where id = pg_temp.id('Tube')), 'thawed 2026-01-02 03:04:05',
  'the condition on receipt is kept with its time');
select tap.throws($$select api_v1.receive_material(pg_temp.id('Tube'), 'fine', uuidv7())$$, 'PL008', 'a condition is one of a list');
select tap.throws($$select api_v1.receive_material(pg_temp.id('Tube'), 'other', uuidv7())$$, 'PL008', 'and "other" says what');
select tap.lives($$select api_v1.hand_over_material(pg_temp.id('Tube'), (select id from api_v1.people where login = 'arno'), uuidv7())$$, 'custody is handed over');
select tap.same((select p.login from api_v1.samples s join api_v1.people p on p.id = s.custodian_id where s.id = pg_temp.id('Tube')), 'arno', 'to a person of the lab');
select tap.as_migrator();
select set_config('tap.sten', (select id::text from lab.people where login = 'sten'), true);
select tap.as_person('tess');
select tap.throws($$select api_v1.hand_over_material(pg_temp.id('Tube'), current_setting('tap.sten')::uuid, uuidv7())$$, 'PL004', 'not to somebody of another');

-- Five ends.
select tap.lives($$select api_v1.report_missing(pg_temp.id('Other'), uuidv7())$$, 'what is not there is missing');
select tap.throws($$select api_v1.thaw_material(pg_temp.id('Other'), uuidv7())$$, 'PL142', 'and is not thawed');
select tap.same(api_v1.receive_material(pg_temp.id('Other'), 'good', uuidv7()) ->> 'status', 'available', 'until it arrives');
select tap.throws($$select api_v1.archive_material(pg_temp.id('Other'), null, uuidv7())$$, 'PL144', 'to archive needs a reason');
select tap.same(api_v1.archive_material(pg_temp.id('Other'), 'Kept for five years.', uuidv7()) ->> 'status', 'archived', 'archived');
select tap.throws($$select api_v1.take_amount(pg_temp.id('Other'), 1, 'mL', uuidv7())$$, 'PL142', 'from the archive nothing is taken');
select tap.same(api_v1.ship_material(pg_temp.id('Other'), 'To Northside, for comparison.', uuidv7()) ->> 'status', 'shipped', 'shipped');
select tap.same(api_v1.restore_material(pg_temp.id('Other'), 'It never left.', uuidv7()) ->> 'status', 'available', 'restored');
select tap.same(api_v1.dispose_material(pg_temp.id('Other'), 'Leaking.', uuidv7()) ->> 'status', 'disposed', 'disposed');
select tap.same(pg_temp.stand('Other'), '2 mL disposed', 'with what was thrown away');
select tap.same(api_v1.consume_material(pg_temp.id('Unknown'), uuidv7()) ->> 'amount', '0', 'consumed is used up');
select tap.same(array(select a.kind from api_v1.material_acts a where a.material_id = pg_temp.id('Other') order by a.number),
  '{register,correct,correct,correct,miss,receive,archive,ship,restore,dispose}', 'and the ledger tells it all in order');

-- Who may not.
select tap.as_person('rhea');
select tap.ok(tap.count($$select from api_v1.material_acts where material_id = pg_temp.id('Tube')$$) > 4, 'a reviewer reads the ledger');
select tap.throws($$select api_v1.thaw_material(pg_temp.id('Tube'), uuidv7())$$, 'PL003', 'and writes nothing into it');
select tap.as_migrator();
select set_config('tap.tube', pg_temp.id('Tube')::text, true);
select tap.as_person('imm-tech');
select tap.throws($$select api_v1.thaw_material(current_setting('tap.tube')::uuid, uuidv7())$$, 'PL004', 'for a technician of another project it does not exist');
select tap.throws($$insert into lab.material_acts (lab_id, project_id, material_id, number, kind, status, thaw_count) select p.lab_id, p.id, current_setting('tap.tube')::uuid, 1, 'thaw', 'available', 0 from api_v1.projects p$$,
  '42501', 'nor does writing behind the API help');
select tap.as_person('sten');
select tap.throws($$select api_v1.thaw_material(current_setting('tap.tube')::uuid, uuidv7())$$, 'PL004', 'nor for a stranger');
select tap.same(tap.count('select from api_v1.material_acts') + tap.count('select from api_v1.foreign_codes') + tap.count('select from api_v1.places'), 0::bigint, 'who sees no act, code or place');

-- Units.
select tap.as_migrator();
select tap.same(private.amount_in(v, f, t), want, concat_ws(' ', v, f, 'are', coalesce(want::text, 'nothing'), 'in', t))
from (values (1.5, 'mL', 'uL', 1500), (1, 'ng', 'g', 0.000000001), (2, 'kg', 'mg', 2000000), (5, 'uM', 'mM', 0.005), (3, 'mmol', 'umol', 3000),
  (1, 'mL', 'mg', null), (1, '1', '1', 1), (1, 'furlong', 'mL', null), (7, 'furlong', 'furlong', 7)) u (v, f, t, want);

-- Codes are longer, and every single wrong symbol shows.
select tap.ok((select bool_and(code ~ '^S-[2-9A-HJKMNP-TV-Z]{10}$') from lab.samples where sample_type = 'ledger'), 'a code has nine symbols and one that checks them');
select tap.same((
  select count(*) from (select split_part(private.new_code_v2('S'), '-', 2) as code from generate_series(1, 5)) c,
    generate_series(1, 9) place, unnest(string_to_array('23456789ABCDEFGHJKMNPQRSTVWXYZ', null)) symbol
  where substr(c.code, place, 1) <> symbol
    and private.code_check_v2(overlay(left(c.code, 9) placing symbol from place for 1)) = right(c.code, 1)),
  0::bigint, 'no single wrong symbol passes the check');
