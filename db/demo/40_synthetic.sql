-- A million synthetic readings, marked as such: a damped wave with noise, for streaming and load. Nobody measured them.

insert into lab.experiments (lab_id, project_id, name, question, source, synthetic)
select p.lab_id, p.id, 'Synthetic load', 'How fast does a notebook read a million rows?', 'Generated; not measured in any laboratory.', true
from lab.projects p where p.code = 'ENZ';

insert into lab.samples (lab_id, project_id, name, sample_type, description, synthetic)
select p.lab_id, p.id, 'Synthetic signal ' || n, 'synthetic', 'Generated; not measured in any laboratory.', true
from lab.projects p, generate_series(1, 20) n
where p.code = 'ENZ';

-- Foreign keys are checked for all rows as one set instead of a million times: dropped and added again in this transaction.
create temporary table foreign_keys on commit drop as
select conname as name, pg_get_constraintdef(oid) as definition
from pg_constraint
where conrelid = 'lab.measurements'::regclass and contype = 'f';

do $$
declare
  k record;
begin
  for k in select * from foreign_keys loop
    execute format('alter table lab.measurements drop constraint %I', k.name);
  end loop;
end $$;

select setseed(0.42);
insert into lab.measurements (lab_id, project_id, experiment_id, sample_id, measurand, value, reported, unit,
  factor, level, level_unit, series, synthetic, created_by, updated_by)
select e.lab_id, e.project_id, e.id, s.id, 'signal', w.value / 1e4, w.value || 'e-4', '1', 'tick', g.n, '1', s.name, true, null, null
from lab.experiments e
join lab.samples s on s.project_id = e.project_id and s.sample_type = 'synthetic'
cross join generate_series(1, 50000) g (n)
cross join lateral (
  select floor(1e4 * (exp(-g.n / 20000.0::float8) * sin(g.n / 500.0::float8) + (random() - 0.5) / 10))::integer as value) w
where e.name = 'Synthetic load'
order by s.id, g.n;

do $$
declare
  k record;
begin
  for k in select * from foreign_keys loop
    execute format('alter table lab.measurements add constraint %I %s', k.name, k.definition);
  end loop;
end $$;
