-- Two plates of 96 wells: one read, one that waits for its export (notebooks/data/plate-reader-96.csv). No real 8 x 12 data set with a
-- fitting licence is known to us, so the numbers are synthetic, and marked so: the word stands in the corner of each export.

insert into lab.experiments (lab_id, project_id, name, question, source, status, synthetic)
select p.lab_id, p.id, 'Plate reader (synthetic)', 'What does a plate of 96 wells look like?', 'Synthetic: a saturation curve with noise.', 'running', true
from lab.projects p where p.code = 'IMM';

insert into lab.plates (lab_id, project_id, experiment_id, name)
select e.lab_id, e.project_id, e.id, v.name
from lab.experiments e, (values ('Plate 1, read'), ('Plate 2, to be read')) v (name)
where e.name = 'Plate reader (synthetic)';

-- Committed by arno, through the API.
select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'arno';
set local role member;

select api_v1.commit_plate_file(p.id, $export$synthetic,1,2,3,4,5,6,7,8,9,10,11,12
A,3.002,2.818,2.467,2.018,1.438,0.946,0.585,0.317,0.205,0.108,0.088,0.075
B,3.009,2.825,2.490,1.997,1.454,0.953,0.555,0.317,0.179,0.120,0.070,0.056
C,3.016,2.810,2.485,1.998,1.446,0.952,0.564,0.358,0.212,0.140,0.090,0.060
D,3.012,2.797,2.466,1.991,1.443,0.957,0.552,0.345,0.192,0.119,0.079,0.063
E,1.995,1.866,1.630,1.340,0.987,0.633,0.366,0.225,0.152,0.112,0.099,0.053
F,1.973,1.854,1.626,1.334,0.972,0.634,0.393,0.225,0.129,0.090,0.084,0.062
G,2.018,1.858,1.651,1.320,0.968,0.616,0.389,0.236,0.134,0.104,0.052,0.059
H,1.991,1.840,1.647,1.326,0.949,0.617,0.407,0.234,0.132,0.097,0.077,0.050
$export$, 'OD')
from api_v1.plates p where p.name = 'Plate 1, read';

reset role;
select set_config('request.jwt.claims', '', true);
