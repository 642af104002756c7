-- Puromycin: rate of an enzymatic reaction against substrate concentration, in cells treated with puromycin and untreated.
-- 23 rows of the data set `Puromycin` of R's package datasets. Source: Bates, D.M. and Watts, D.G. (1988), Nonlinear Regression
-- Analysis and Its Applications, Wiley, appendix A1.3; measured by Treloar, M.A. (1974), M.Sc. thesis, University of Toronto.
-- Where the source gives two rates at one concentration, they are replicates 1 and 2. It gives no dates, wells or amounts.

insert into lab.experiments (lab_id, project_id, name, question, source, status)
select p.lab_id, p.id, 'Puromycin', 'Does puromycin change the maximum rate or the Michaelis constant of the reaction?',
  'R datasets::Puromycin; Bates & Watts (1988), Nonlinear Regression Analysis and Its Applications, Wiley, A1.3; Treloar (1974).',
  'finished'
from lab.projects p where p.code = 'ENZ';

insert into lab.samples (lab_id, project_id, name, sample_type, description)
select p.lab_id, p.id, v.name, 'cells', v.description
from lab.projects p, (values
  ('Puromycin, treated', 'Cells treated with puromycin.'),
  ('Puromycin, untreated', 'Untreated cells.')) v (name, description)
where p.code = 'ENZ';

insert into lab.measurements (lab_id, project_id, experiment_id, sample_id, measurand, value, reported, unit,
  factor, level, level_unit, series, replicate)
select e.lab_id, e.project_id, e.id, s.id, 'rate', v.rate, v.rate::text, '{counts}/min2',
  'substrate', v.level, '[ppm]', v.series, v.replicate
from (values
  ('treated', 0.02, 76, 1), ('treated', 0.02, 47, 2), ('treated', 0.06, 97, 1), ('treated', 0.06, 107, 2),
  ('treated', 0.11, 123, 1), ('treated', 0.11, 139, 2), ('treated', 0.22, 159, 1), ('treated', 0.22, 152, 2),
  ('treated', 0.56, 191, 1), ('treated', 0.56, 201, 2), ('treated', 1.10, 207, 1), ('treated', 1.10, 200, 2),
  ('untreated', 0.02, 67, 1), ('untreated', 0.02, 51, 2), ('untreated', 0.06, 84, 1), ('untreated', 0.06, 86, 2),
  ('untreated', 0.11, 98, 1), ('untreated', 0.11, 115, 2), ('untreated', 0.22, 131, 1), ('untreated', 0.22, 124, 2),
  ('untreated', 0.56, 144, 1), ('untreated', 0.56, 158, 2), ('untreated', 1.10, 160, 1)
) v (series, level, rate, replicate)
join lab.experiments e on e.name = 'Puromycin'
join lab.samples s on s.project_id = e.project_id and s.name = 'Puromycin, ' || v.series;

insert into lab.entries (lab_id, project_id, experiment_id, title, document)
select e.lab_id, e.project_id, e.id, 'What the data are', $entry${
  "type": "doc",
  "content": [
    {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Puromycin and the rate of an enzymatic reaction"}]},
    {"type": "paragraph", "content": [{"type": "text", "text": "Initial rates were derived from counts of radioactive product at six substrate concentrations, once with cells treated with puromycin and once with untreated cells."}]},
    {"type": "paragraph", "content": [{"type": "text", "text": "Published estimates (Bates & Watts 1988): treated Vm 212.7, K 0.0641; untreated Vm 160.3, K 0.0477."}]}
  ]
}$entry$
from lab.experiments e where e.name = 'Puromycin';
