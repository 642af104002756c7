-- Two shipments: one received with two tubes missing and one thawed, one on its way. Senders and tubes are made up.

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'tess';
set local role member;

select api_v1.announce_shipment(p.id, 'Clinic East (made up)',
  (select jsonb_agg(jsonb_build_object('code', 'CE-' || lpad(n::text, 3, '0'), 'name', format('Donor %s, visit 1', n),
    'sample_type', 'plasma', 'amount', 0.5, 'unit', 'mL') order by n) from generate_series(1, 40) n),
  gen_random_uuid(), 'CE-2026-014', date '2026-03-03')
from api_v1.projects p where p.code = 'IMM';

select api_v1.receive_items(s.id,
  (select jsonb_agg(jsonb_build_object('code', i.sender_code) || case
      when i.ordinal in (17, 32) then '{"outcome": "missing"}'
      when i.ordinal = 23 then '{"outcome": "received", "condition": "thawed", "condition_note": "Liquid on arrival; the dry ice above it was gone."}'
      else '{"outcome": "received", "condition": "good"}' end::jsonb order by i.ordinal)
   from api_v1.shipment_items i where i.shipment_id = s.id),
  gen_random_uuid(), '2026-03-03T09:40:00Z')
from api_v1.shipments s where s.reference = 'CE-2026-014';

select api_v1.announce_shipment(p.id, 'Clinic East (made up)',
  (select jsonb_agg(jsonb_build_object('code', 'CE-' || lpad(n::text, 3, '0'), 'name', format('Donor %s, visit 2', n - 40),
    'sample_type', 'plasma', 'amount', 0.5, 'unit', 'mL') order by n) from generate_series(41, 80) n),
  gen_random_uuid(), 'CE-2026-021', current_date + 2)
from api_v1.projects p where p.code = 'IMM';

reset role;
select set_config('request.jwt.claims', '', true);
update lab.samples s set synthetic = true where exists (select from lab.shipment_items i where i.lab_id = s.lab_id and i.sample_id = s.id);
