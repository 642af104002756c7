-- The catalog of what samples can be asked about. In `sql`, {a} is the row asked about; in links {s} is the record one comes
-- from and {t} the one the link leads to. Nothing else of a condition ever becomes SQL but quoted values.
-- unit       the unit of the column, where it is fixed; unit_sql the column that names it, where it is not
-- indexed    a condition on it alone finds its few records at once
-- back_sql   the ids of {s} from the ids of {t}, which stand in {ids}

create temporary table wanted_fields (like private.search_fields) on commit drop;
insert into wanted_fields (entity, field, ordinal, type, sql, unit, unit_sql, choices, indexed, description) values
  ('sample', 'code',         1, 'code',    '{a}.code',           null, null, null, true,  'Code on the label.'),
  ('sample', 'name',         2, 'text',    '{a}.name',           null, null, null, false, 'Name people use.'),
  ('sample', 'sample_type',  3, 'text',    '{a}.sample_type',    null, null, null, false, 'What kind of material.'),
  ('sample', 'kind',         4, 'choice',  '{a}.kind',           null, null, '{sample,standard,control,lot}', false, 'Sample, standard, control or lot.'),
  ('sample', 'status',       5, 'choice',  '{a}.status',         null, null, '{available,consumed,shipped,disposed,archived,missing}', false, 'Where it stands.'),
  ('sample', 'description',  6, 'text',    '{a}.description',    null, null, null, false, 'In words.'),
  ('sample', 'amount',       7, 'number',  '{a}.amount',         null, '{a}.amount_unit', null, false, 'How much is left.'),
  ('sample', 'thaw_count',   8, 'number',  '{a}.thaw_count',     '1',  null, null, false, 'How often it was thawed.'),
  ('sample', 'condition',    9, 'choice',  '{a}.condition',      null, null, '{good,thawed,warm,leaking,broken,empty,unlabelled,other}', false, 'Condition on receipt.'),
  ('sample', 'position',    10, 'text',    '{a}.position',       null, null, null, false, 'Position in its place.'),
  ('sample', 'project',     11, 'code',    '(select p.code from lab.projects p where p.id = {a}.project_id)', null, null, null, false, 'Code of its project.'),
  ('sample', 'custodian',   12, 'text',    '(select p.login from lab.people p where p.id = {a}.custodian_id)', null, null, null, false, 'Login of who answers for it.'),
  ('sample', 'received_at', 13, 'moment',  '{a}.received_at',    null, null, null, false, 'When it arrived.'),
  ('sample', 'created_at',  14, 'moment',  '{a}.created_at',     null, null, null, false, 'When it was registered.'),
  ('sample', 'updated_at',  15, 'moment',  '{a}.updated_at',     null, null, null, false, 'When it was last changed.'),
  ('sample', 'synthetic',   16, 'boolean', '{a}.synthetic',      null, null, null, false, 'Made up for demonstration or load.'),
  ('measurement', 'measurand',    1, 'text',    '{a}.measurand',   null, null, null, true,  'Code of what was measured.'),
  ('measurement', 'value',        2, 'number',  '{a}.value',       null, '{a}.unit', null, true, 'The value.'),
  ('measurement', 'measured_at',  3, 'moment',  '{a}.measured_at', null, null, null, false, 'When it was measured.'),
  ('measurement', 'qualifier',    4, 'choice',  '{a}.qualifier',   null, null, '{<,>,not detected,overflow}', false, 'What was reported instead of, or with, a number.'),
  ('measurement', 'flag',         5, 'choice',  '{a}.flag',        null, null, '{low,high}', false, 'Against its limits.'),
  ('measurement', 'factor',       6, 'text',    '{a}.factor',      null, null, null, false, 'Code of the quantity that was set.'),
  ('measurement', 'level',        7, 'number',  '{a}.level',       null, '{a}.level_unit', null, false, 'What the factor was set to.'),
  ('measurement', 'excluded',     8, 'boolean', '({a}.excluded_reason is not null)', null, null, null, false, 'Left out of calculations. Excluded measurements do not count unless this is asked.'),
  ('measurement', 'created_at',   9, 'moment',  '{a}.created_at',  null, null, null, false, 'When it was registered.'),
  ('experiment', 'code',       1, 'code',   '{a}.code',       null, null, null, true,  'Code.'),
  ('experiment', 'name',       2, 'text',   '{a}.name',       null, null, null, true,  'Name people use.'),
  ('experiment', 'question',   3, 'text',   '{a}.question',   null, null, null, true,  'What it asks.'),
  ('experiment', 'status',     4, 'choice', '{a}.status',     null, null, '{planned,running,finished,archived}', true, 'Where it stands.'),
  ('experiment', 'created_at', 5, 'moment', '{a}.created_at', null, null, null, true, 'When it was registered.'),
  ('place', 'code',        1, 'code',   '{a}.code',        null,  null, null, true, 'Code on the label.'),
  ('place', 'name',        2, 'text',   '{a}.name',        null,  null, null, true, 'Name people use.'),
  ('place', 'kind',        3, 'choice', '{a}.kind',        null,  null, '{site,room,freezer,fridge,cabinet,shelf,rack,box,plate}', true, 'What kind of place.'),
  ('place', 'temperature', 4, 'number', '{a}.temperature', 'Cel', null, null, true, 'Temperature it is kept at.'),
  ('foreign_code', 'code', 1, 'text',   '{a}.code', null, null, null, true, 'The code as it is printed.'),
  ('foreign_code', 'kind', 2, 'text',   '{a}.kind', null, null, null, false, 'Whose code it is.');

create temporary table wanted_links (like private.search_links) on commit drop;
insert into wanted_links (entity, link, ordinal, target, from_sql, back_sql, unless_asked, unless_sql, description) values
  ('sample', 'parent', 1, 'sample',
   'lab.sample_origins o join lab.samples {t} on {t}.lab_id = o.lab_id and {t}.id = o.parent_id where o.lab_id = {s}.lab_id and o.sample_id = {s}.id',
   'select o.sample_id from lab.sample_origins o where o.parent_id = any ({ids})', null, null,
   'A sample it was made from.'),
  ('sample', 'child', 2, 'sample',
   'lab.sample_origins o join lab.samples {t} on {t}.lab_id = o.lab_id and {t}.id = o.sample_id where o.parent_id = {s}.id',
   'select o.parent_id from lab.samples c join lab.sample_origins o on o.lab_id = c.lab_id and o.sample_id = c.id where c.id = any ({ids})', null, null,
   'A sample made from it.'),
  ('sample', 'ancestor', 3, 'sample',
   '(with recursive up as (
       select o.lab_id, o.parent_id as id from lab.sample_origins o where o.lab_id = {s}.lab_id and o.sample_id = {s}.id
       union select o.lab_id, o.parent_id from up join lab.sample_origins o on o.lab_id = up.lab_id and o.sample_id = up.id)
     select * from up) a join lab.samples {t} on {t}.lab_id = a.lab_id and {t}.id = a.id where true',
   'with recursive down as (
      select o.sample_id as id from lab.sample_origins o where o.parent_id = any ({ids})
      union select o.sample_id from down join lab.sample_origins o on o.parent_id = down.id)
    select id from down', null, null,
   'A sample it comes from, at any depth.'),
  ('sample', 'descendant', 4, 'sample',
   '(with recursive down as (
       select o.lab_id, o.sample_id as id from lab.sample_origins o where o.parent_id = {s}.id
       union select o.lab_id, o.sample_id from down join lab.sample_origins o on o.parent_id = down.id)
     select * from down) a join lab.samples {t} on {t}.lab_id = a.lab_id and {t}.id = a.id where true',
   'with recursive up as (
      select o.lab_id, o.parent_id as id from lab.samples c join lab.sample_origins o on o.lab_id = c.lab_id and o.sample_id = c.id where c.id = any ({ids})
      union select o.lab_id, o.parent_id from up join lab.sample_origins o on o.lab_id = up.lab_id and o.sample_id = up.id)
    select id from up', null, null,
   'A sample that comes from it, at any depth.'),
  ('sample', 'measurement', 5, 'measurement',
   'lab.measurements {t} where {t}.sample_id = {s}.id',
   'select m.sample_id from lab.measurements m where m.id = any ({ids})', 'excluded', '{t}.excluded_reason is null',
   'A value measured on it.'),
  ('sample', 'experiment', 6, 'experiment',
   'lab.measurements m join lab.experiments {t} on {t}.lab_id = m.lab_id and {t}.id = m.experiment_id where m.sample_id = {s}.id',
   'select m.sample_id from lab.measurements m where m.experiment_id = any ({ids}) and m.sample_id is not null', null, null,
   'An experiment it was measured in.'),
  ('sample', 'place', 7, 'place',
   '(with recursive up as (
       select p.* from lab.places p where p.lab_id = {s}.lab_id and p.id = {s}.place_id
       union select p.* from up join lab.places p on p.lab_id = up.lab_id and p.id = up.parent_id)
     select * from up) {t} where true',
   'with recursive down as (
      select p.id from lab.places p where p.id = any ({ids})
      union select p.id from down join lab.places p on p.parent_id = down.id)
    select r.id from lab.samples r where r.place_id in (select d.id from down d)', null, null,
   'The place it is in, or one around that.'),
  ('sample', 'foreign_code', 8, 'foreign_code',
   'lab.foreign_codes {t} where {t}.material_id = {s}.id',
   'select f.material_id from lab.foreign_codes f where f.id = any ({ids})', null, null,
   'A code that others gave it.'),
  ('measurement', 'experiment', 1, 'experiment',
   'lab.experiments {t} where {t}.lab_id = {s}.lab_id and {t}.id = {s}.experiment_id',
   'select m.id from lab.measurements m where m.experiment_id = any ({ids})', null, null,
   'The experiment it was made for.');

merge into private.search_fields f
using wanted_fields w on w.entity = f.entity and w.field = f.field
when matched then update set ordinal = w.ordinal, type = w.type, sql = w.sql, unit = w.unit, unit_sql = w.unit_sql,
  choices = w.choices, indexed = w.indexed, description = w.description
when not matched by target then insert values (w.*)
when not matched by source then delete;

merge into private.search_links l
using wanted_links w on w.entity = l.entity and w.link = l.link
when matched then update set ordinal = w.ordinal, target = w.target, from_sql = w.from_sql, back_sql = w.back_sql,
  unless_asked = w.unless_asked, unless_sql = w.unless_sql, description = w.description
when not matched by target then insert values (w.*)
when not matched by source then delete;
