-- The demo lab and its people, and a second lab whose one person must never see the first.

insert into lab.labs (id, lab_id, code, name)
select id, id, code, name
from (values (uuidv7(), 'DEMO', 'Petri demo lab'), (uuidv7(), 'NORTH', 'Northside')) v (id, code, name);

insert into lab.people (lab_id, login, name)
select l.id, v.login, v.name
from (values
  ('DEMO', 'ada', 'Ada Okafor'),
  ('DEMO', 'dina', 'Dina Marsh'),
  ('DEMO', 'arno', 'Arno Vis'),
  ('DEMO', 'tess', 'Tess Lindqvist'),
  ('DEMO', 'rhea', 'Rhea Castellan'),
  ('NORTH', 'sten', 'Sten Borg')) v (lab, login, name)
join lab.labs l on l.code = v.lab;

insert into lab.projects (lab_id, code, name, description)
select l.id, v.code, v.name, v.description
from (values
  ('DEMO', 'ENZ', 'Enzymology', 'Reaction rates and what changes them.'),
  ('DEMO', 'IMM', 'Immunoassay', 'Protein assays on plates.'),
  ('NORTH', 'OWN', 'Northside''s own', 'Work of another lab.')) v (lab, code, name, description)
join lab.labs l on l.code = v.lab;

insert into lab.memberships (lab_id, person_id, role)
select p.lab_id, p.id, v.role
from (values
  ('ada', 'lab_admin'),
  ('dina', 'analyst'),
  ('arno', 'analyst'),
  ('tess', 'technician'),
  ('rhea', 'reviewer'),
  ('sten', 'analyst')) v (login, role)
join lab.people p on p.login = v.login;
