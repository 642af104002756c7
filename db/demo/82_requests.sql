-- What arno asks for of the plasma tubes that came, and a test that a running procedure took on. Made up, like the tubes.

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'arno';
set local role member;

select api_v1.submit_request(p.id, 'Protein in plasma, visit 1 (made up)',
  (select jsonb_agg(jsonb_build_object('sample_id', i.sample_id, 'measurand', 'A595', 'method', 'Bradford') order by i.ordinal)
   from api_v1.shipment_items i join api_v1.shipments s on s.id = i.shipment_id
   where s.reference = 'CE-2026-014' and i.sample_id is not null and i.condition = 'good' and i.ordinal <= 12),
  gen_random_uuid(), current_date + 7)
from api_v1.projects p where p.code = 'IMM';

select api_v1.submit_request(p.id, 'Protein in lysates (made up)',
  (select jsonb_agg(jsonb_build_object('sample_id', s.id, 'measurand', 'A595', 'method', 'Bradford')) from api_v1.samples s where s.name in ('Lysate 1', 'Lysate 2')),
  gen_random_uuid(), current_date - 1, 'urgent')
from api_v1.projects p where p.code = 'IMM';

select api_v1.take_tests(r.id, array_agg(t.id))
from api_v1.tests t
join api_v1.sop_run_samples w on w.sample_id = t.sample_id
join api_v1.sop_runs r on r.id = w.sop_run_id
where r.name = 'Bradford run 1'
group by r.id;

reset role;
select set_config('request.jwt.claims', '', true);
