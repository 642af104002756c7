-- The demo lab has no results of its own until a notebook has run, and so no result sets: this one bundles what two analyses of made-up
-- readings gave, reviewed and released by rhea.

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'kernel')::text, true)
from lab.people p where p.login = 'arno';
set local role member;

select api_v1.register_analysis(jsonb_build_object('experiment_id', e.id, 'key', gen_random_uuid(), 'title', 'Mean of a plate (synthetic)',
  'notebook', 'plate-mean.ipynb', 'source_sha256', repeat('a', 64), 'started_at', now(), 'finished_at', now(),
  'results', jsonb_build_array(
    jsonb_build_object('name', 'Highest signal (synthetic)', 'values', '[{"measurand": "OD", "value": 3.016, "standard_error": 0.006, "unit": "1"}]'::jsonb),
    jsonb_build_object('name', 'Blank (synthetic)', 'values', '[{"measurand": "OD", "value": 0.064, "standard_error": 0.004, "unit": "1"}]'::jsonb))))
from api_v1.experiments e where e.name = 'Plate reader (synthetic)';
select api_v1.make_result_set(e.project_id, 'Plate 1 (synthetic)', array(select r.id from api_v1.results r where r.experiment_id = e.id), gen_random_uuid())
from api_v1.experiments e where e.name = 'Plate reader (synthetic)';

reset role;
select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'rhea';
set local role member;
select api_v1.review_result_set(s.id) from api_v1.result_sets s where s.name = 'Plate 1 (synthetic)';
select api_v1.release_result_set(s.id) from api_v1.result_sets s where s.name = 'Plate 1 (synthetic)';

reset role;
select set_config('request.jwt.claims', '', true);
