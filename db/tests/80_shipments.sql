-- Intake: forty tubes from a list, two missing, one thawed, and one nobody spoke of. A technician at the box, others looking on.

create function pg_temp.project(wanted text) returns uuid language sql security definer as $$ select id from lab.projects where code = wanted $$;
create function pg_temp.shipment(wanted text) returns uuid language sql security definer as $$ select id from lab.shipments where reference = wanted $$;
create function pg_temp.tubes(first integer, last integer, more jsonb default '{}')
returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('code', 'T-' || lpad(n::text, 2, '0')) || more order by n) from generate_series(first, last) n
$$;
create function pg_temp.announce(items jsonb, reference text default 'TAP-1', key uuid default gen_random_uuid(), project text default 'ENZ')
returns jsonb language sql as $$ select api_v1.announce_shipment(pg_temp.project(project), 'Clinic East', items, key, reference, '2026-03-04') $$;
create function pg_temp.receive(items jsonb, key uuid default gen_random_uuid(), at timestamptz default null, reference text default 'TAP-1')
returns jsonb language sql as $$ select api_v1.receive_items(pg_temp.shipment(reference), items, key, at) $$;
grant execute on all functions in schema pg_temp to public;
create function pg_temp.problem_of(statement text) returns text language plpgsql as $$
begin
  execute statement;
  return null;
exception when sqlstate 'PGRST' then
  return (sqlerrm::json ->> 'details')::json -> 0 ->> 'problem';
end $$;
grant execute on function pg_temp.problem_of(text) to public;

-- The list.
select tap.as_person('rhea');
select tap.throws($$select pg_temp.announce(pg_temp.tubes(1, 2, '{"sample_type": "plasma"}'))$$, 'PL003', 'a reviewer announces no shipment');
select tap.as_person('sten');
select tap.throws($$select pg_temp.announce(pg_temp.tubes(1, 2, '{"sample_type": "plasma"}'))$$, 'PL004', 'nor does a stranger, for whom the project does not exist');
select tap.as_person('tess');
select tap.same(pg_temp.problem_of(format('select pg_temp.announce(%L)', items)), problem, 'a list is refused whose item ' || problem)
from (values
  ('[{"code": "A", "sample_type": "plasma"}, {"code": " ", "sample_type": "plasma"}]', 'has no code'),
  ('[{"code": "A", "sample_type": "plasma"}, {"code": "A ", "sample_type": "plasma"}]', 'has the code of item 1'),
  ('[{"code": "A"}]', 'has no sample_type'),
  ('[{"code": "A", "sample_type": "plasma", "amount": "0,5", "unit": "mL"}]', 'has the amount "0,5", which is no number'),
  ('[{"code": "A", "sample_type": "plasma", "amount": -1, "unit": "mL"}]', 'has the amount -1, which is out of bounds'),
  ('[{"code": "A", "sample_type": "plasma", "amount": 5}]', 'has an amount without a unit'),
  ('[{"code": "A", "sample_type": "plasma", "unit": "mL"}]', 'has a unit without an amount'),
  ('[{"code": "A", "sample_type": "plasma", "amount": 5, "unit": "furlong"}]', 'has the unknown unit "furlong"'),
  ('[{"code": "A\tB", "sample_type": "plasma"}]', 'has a code that cannot be scanned'),
  ('["A"]', 'is no object with the fields of an item')) v (items, problem);
select tap.throws($$select pg_temp.announce('{}')$$, 'PL008', 'what is no list is refused');
select tap.throws($$select pg_temp.announce('[]')$$, 'PL008', 'and so is an empty one');
select tap.throws($$select pg_temp.announce(pg_temp.tubes(1, 1, '{"sample_type": "plasma"}'), key => null)$$, 'PL008', 'an act needs a key');
select tap.same(tap.count($$select from api_v1.shipments where reference = 'TAP-1'$$), 0::bigint, 'of a refused list nothing remains');

select tap.same(
  pg_temp.announce(pg_temp.tubes(1, 40, '{"sample_type": "plasma", "amount": 0.5, "unit": "mL"}'), key => '019f0000-0000-7000-8000-0000000000b1') - 'shipment_id' - 'code',
  '{"status": "announced", "awaited": 40, "received": 0, "missing": 0, "unexpected": 0, "differing": 0, "repeated": false}', 'a technician announces forty tubes');
select tap.same(
  pg_temp.announce(pg_temp.tubes(1, 40, '{"sample_type": "plasma", "amount": 0.5, "unit": "mL"}'), key => '019f0000-0000-7000-8000-0000000000b1') ->> 'repeated',
  'true', 'sent again, it is answered again');
select tap.same(tap.count($$select from api_v1.shipments where reference = 'TAP-1'$$), 1::bigint, 'and stands once');
select tap.throws($$select pg_temp.announce(pg_temp.tubes(1, 3, '{"sample_type": "plasma"}'), key => '019f0000-0000-7000-8000-0000000000b1')$$, 'PL009', 'its key serves no other list');
select tap.throws($$select pg_temp.announce(pg_temp.tubes(1, 3, '{"sample_type": "plasma"}'))$$, 'PL164', 'the same number of the same sender is noticed');

-- The box.
select tap.as_person('rhea');
select tap.throws($$select pg_temp.receive('[]')$$, 'PL003', 'a reviewer receives nothing');
select tap.as_person('sten');
select tap.throws($$select pg_temp.receive(pg_temp.tubes(1, 1, '{"outcome": "missing"}'))$$, 'PL004', 'nor does a stranger, for whom the shipment does not exist');
select tap.as_person('tess');
select tap.same(pg_temp.problem_of(format('select pg_temp.receive(%L)', items)), problem, 'what is received is refused where an item ' || problem)
from (values
  ('[{"code": "T-01"}]', 'has the unknown outcome "": expected received, missing or unexpected'),
  ('[{"outcome": "missing"}]', 'has neither the code nor the item_id of an item of this shipment'),
  ('[{"code": "T-01", "outcome": "received"}]', 'has the unknown condition "": expected good, thawed, warm, leaking, broken, empty, unlabelled or other'),
  ('[{"code": "T-01", "outcome": "received", "condition": "fine"}]', 'has the unknown condition "fine": expected good, thawed, warm, leaking, broken, empty, unlabelled or other'),
  ('[{"code": "T-01", "outcome": "received", "condition": "other"}]', 'is in another condition, so it needs a condition_note'),
  ('[{"code": "T-01", "outcome": "missing", "condition": "good"}]', 'is missing, and so has no condition'),
  ('[{"code": "T-01", "outcome": "unexpected", "condition": "good", "sample_type": "plasma"}]', 'is on the list: it is received, not unexpected'),
  ('[{"code": "X-1", "outcome": "received", "condition": "good"}]', 'is not on the list: say "unexpected" if it came along'),
  ('[{"code": "X-1", "outcome": "unexpected", "condition": "good"}]', 'came unexpectedly, so it needs a sample_type'),
  ('[{"code": "T-01", "outcome": "missing"}, {"code": "T-01", "outcome": "received", "condition": "good"}]', 'stands twice in what you sent'),
  ('[{"item_id": "T-01", "outcome": "missing"}]', 'has neither the code nor the item_id of an item of this shipment')) v (items, problem);
select tap.throws($$select pg_temp.receive(pg_temp.tubes(1, 1, '{"outcome": "missing"}'), at => now() + interval '1 day')$$, 'PL033', 'nothing is received tomorrow');
select tap.same(tap.count($$select from api_v1.shipment_items where outcome <> 'awaited' and shipment_id = pg_temp.shipment('TAP-1')$$), 0::bigint, 'of a refused receipt nothing remains');

select tap.same(
  pg_temp.receive(
    pg_temp.tubes(1, 37, '{"outcome": "received", "condition": "good"}')
    || pg_temp.tubes(38, 38, '{"outcome": "received", "condition": "thawed", "condition_note": "Liquid on arrival", "amount": 0.4, "unit": "mL"}')
    || pg_temp.tubes(39, 40, '{"outcome": "missing"}')
    || '[{"code": "X-1", "outcome": "unexpected", "condition": "good", "sample_type": "serum", "amount": 1, "unit": "mL"}]',
    '019f0000-0000-7000-8000-0000000000b2', '2026-03-04T09:00:00Z') - 'shipment_id' - 'code' - 'items',
  '{"status": "arrived", "awaited": 0, "received": 38, "missing": 2, "unexpected": 1, "differing": 4, "repeated": false}',
  'forty tubes are received in one act: two missing, one thawed, one unexpected');
select tap.same(
  (select string_agg(format('%s %s: %s', sender_code, kind, description), '; ' order by ordinal, kind) from api_v1.shipment_discrepancies where shipment_id = pg_temp.shipment('TAP-1')),
  'T-38 amount: 0.5 mL by the list, 0.4 mL received; T-38 condition: thawed: Liquid on arrival; T-39 missing: It was on the list and did not come.; '
  || 'T-40 missing: It was on the list and did not come.; X-1 unexpected: It came and was not on the list.', 'what differs from the list is listed');
select tap.same(
  (select format('%s/%s/%s/%s/%s', listed_count, awaited_count, received_count, missing_count, unexpected_count) from api_v1.shipments where reference = 'TAP-1'),
  '40/0/38/2/1', 'the shipment counts its items');
select tap.same(
  (select string_agg(format('%s %s %s %s', i.sender_code, s.sample_type, s.amount, s.amount_unit), ', ' order by i.ordinal)
   from api_v1.shipment_items i join api_v1.samples s on s.id = i.sample_id where i.ordinal > 36 and i.shipment_id = pg_temp.shipment('TAP-1')),
  'T-37 plasma 0.5 mL, T-38 plasma 0.4 mL, X-1 serum 1 mL', 'each received item is a sample, with the amount that came');
select tap.same(
  (select format('%s, thawed %s times, received %s', s.condition, s.thaw_count, to_char(s.received_at at time zone 'UTC', 'HH24:MI'))
   from api_v1.samples s join api_v1.shipment_items i on i.sample_id = s.id where i.sender_code = 'T-38' and i.shipment_id = pg_temp.shipment('TAP-1')),
  'thawed, thawed 1 times, received 09:00', 'which knows the condition in which it came');
select tap.same(
  (select string_agg(f.kind || ' ' || f.code, ', ' order by f.code) from api_v1.foreign_codes f join api_v1.shipment_items i on i.sample_id = f.material_id
   where i.ordinal > 37 and i.shipment_id = pg_temp.shipment('TAP-1')),
  'Clinic East T-38, Clinic East X-1', 'and the code its sender gave it');
select tap.same(tap.count($$select distinct sample from api_v1.shipment_items where shipment_id = pg_temp.shipment('TAP-1') and sample is not null$$), 39::bigint, 'with a code of its own');
select tap.same((select string_agg(distinct received_by_name || to_char(received_at at time zone 'UTC', ' HH24:MI'), ',') from api_v1.shipment_items where shipment_id = pg_temp.shipment('TAP-1')),
  'Tess Lindqvist 09:00', 'received by whom and when is kept');

-- Again.
select tap.same(
  pg_temp.receive(
    pg_temp.tubes(1, 37, '{"outcome": "received", "condition": "good"}')
    || pg_temp.tubes(38, 38, '{"outcome": "received", "condition": "thawed", "condition_note": "Liquid on arrival", "amount": 0.4, "unit": "mL"}')
    || pg_temp.tubes(39, 40, '{"outcome": "missing"}')
    || '[{"code": "X-1", "outcome": "unexpected", "condition": "good", "sample_type": "serum", "amount": 1, "unit": "mL"}]',
    '019f0000-0000-7000-8000-0000000000b2', '2026-03-04T09:00:00Z') ->> 'repeated', 'true', 'the same receipt, sent again, is answered again');
select tap.same(tap.count($$select from api_v1.shipment_items where shipment_id = pg_temp.shipment('TAP-1')$$), 41::bigint, 'and nothing is received twice');
select tap.same(pg_temp.problem_of($$select pg_temp.receive('[{"code": "T-01", "outcome": "missing"}]')$$), 'was received already', 'what was received does not become missing');
select tap.same(pg_temp.problem_of($$select pg_temp.receive('[{"code": "X-1", "outcome": "unexpected", "condition": "good", "sample_type": "serum"}]')$$),
  'was received already', 'nor does the unexpected come twice');
select tap.same(pg_temp.receive('[{"code": "T-39", "outcome": "received", "condition": "good"}]') ->> 'missing', '1', 'a missing tube that turns up is received');
select tap.as_person('arno');
select tap.throws($$select pg_temp.receive('[{"code": "T-39", "outcome": "received", "condition": "good"}]', '019f0000-0000-7000-8000-0000000000b2')$$, 'PL009', 'a key serves one person');

-- The end.
select tap.as_person('tess');
select tap.lives($$select pg_temp.announce(pg_temp.tubes(1, 2, '{"sample_type": "plasma"}'), 'TAP-2')$$, 'another shipment is announced, with the same codes on its tubes');
select tap.throws($$select api_v1.close_shipment(pg_temp.shipment('TAP-2'), gen_random_uuid(), 'x')$$, 'PL162', 'a shipment is not closed while tubes are awaited');
select tap.lives($$select pg_temp.receive(pg_temp.tubes(1, 2, '{"outcome": "received", "condition": "good"}'), reference => 'TAP-2')$$, 'all of it arrives');
select tap.ok(
  (select bool_and(f.kind = 'Clinic East ' || s.code and f.code = i.sender_code) from api_v1.foreign_codes f
   join api_v1.shipment_items i on i.sample_id = f.material_id join api_v1.shipments s on s.id = i.shipment_id where s.reference = 'TAP-2'),
  'a code that its sender used twice is told apart by the shipment');
select tap.same(api_v1.close_shipment(pg_temp.shipment('TAP-2'), gen_random_uuid()) ->> 'status', 'closed', 'and it is closed without a word');
select tap.throws($$select api_v1.close_shipment(pg_temp.shipment('TAP-1'), gen_random_uuid(), ' ')$$, 'PL163', 'one that differs from its list is closed with a reason');
select tap.same(api_v1.close_shipment(pg_temp.shipment('TAP-1'), '019f0000-0000-7000-8000-0000000000b3', 'Told the sender') ->> 'status', 'closed', 'with a reason it is');
select tap.same(api_v1.close_shipment(pg_temp.shipment('TAP-1'), '019f0000-0000-7000-8000-0000000000b3', 'Told the sender') ->> 'repeated', 'true', 'closing it again, by the same act, changes nothing');
select tap.throws($$select api_v1.close_shipment(pg_temp.shipment('TAP-1'), gen_random_uuid(), 'Again')$$, 'PL160', 'by another act it is refused');
select tap.throws($$select pg_temp.receive('[{"code": "T-40", "outcome": "received", "condition": "good"}]')$$, 'PL160', 'a closed shipment receives no more');
select tap.throws($$select private.record_items(null, '[]', now())$$, '42501', 'no member makes samples behind the API');
select tap.throws($$select * from private.acts$$, '42501', 'nor reads what others were answered');

-- The law beneath: what no function does cannot be written either.
select tap.as_migrator();
select tap.throws(format('update lab.shipment_items set %s where shipment_id = pg_temp.shipment(''TAP-1'') and sender_code = %L', change, code), '23514', sentence)
from (values
  ('condition = null', 'T-01', 'what was received has a condition'),
  ('sample_id = null', 'T-01', 'and a sample'),
  ($$outcome = 'missing', condition = null, sample_id = null$$, 'X-1', 'the unexpected is never missing'),
  ('received_by = null', 'T-01', 'and somebody received it'),
  ('received_amount = 1', 'T-01', 'an amount that came has a unit')) v (change, code, sentence);
select tap.throws($$update lab.shipments set closed_by = null where reference = 'TAP-1'$$, '23514', 'a closed shipment was closed by somebody');

select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.shipments') + tap.count('select from api_v1.shipment_items') + tap.count('select from api_v1.shipment_discrepancies'),
  0::bigint, 'a stranger sees none of it');
