-- Units and measurands that the demo data needs.

insert into lab.units (lab_id, code, name)
select l.id, v.code, v.name
from lab.labs l, (values
  ('1', 'one (dimensionless)'),
  ('[ppm]', 'parts per million'),
  ('{counts}/min2', 'counts per minute per minute'),
  ('%', 'percent'),
  ('ng', 'nanogram'),
  ('mg/mL', 'milligram per millilitre'),
  ('ng/uL', 'nanogram per microlitre'),
  ('U/mL', 'enzyme units per millilitre'),
  ('U/mg', 'enzyme units per milligram'),
  ('ng/mL', 'nanogram per millilitre'),
  ('ug/mL', 'microgram per millilitre'),
  ('uL', 'microlitre'),
  ('mL', 'millilitre'),
  ('min', 'minute'),
  ('nm', 'nanometre'),
  ('Cel', 'degree Celsius')) v (code, name)
where l.code = 'DEMO';

insert into lab.measurands (lab_id, code, name, unit)
select l.id, v.code, v.name, v.unit
from lab.labs l, (values
  ('substrate', 'Substrate concentration', '[ppm]'),
  ('rate', 'Initial rate of reaction', '{counts}/min2'),
  ('Vm', 'Maximum rate of reaction', '{counts}/min2'),
  ('K', 'Michaelis constant', '[ppm]'),
  ('DNase', 'Concentration of DNase', 'ng/mL'),
  ('OD', 'Optical density', '1'),
  ('A595', 'Absorbance at 595 nm', '1'),
  ('signal', 'Synthetic signal', '1'),
  ('tick', 'Number of a synthetic reading', '1')) v (code, name, unit)
where l.code = 'DEMO';
