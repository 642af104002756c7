-- owner: law
-- Fields of samples in columns that can be searched: numbers in base units, dates, and everything else as text.

-- A value in the base unit of its dimension, as private.sample_numbers holds it: equal quantities become equal numbers.
create or replace function private.to_base(value float8, unit text)
returns float8
language sql stable security definer
set search_path = ''
as $$
  select case when abs(b.number) < 1.7e308 then b.number::float8 end
  from private.read_unit(unit) u
  cross join lateral (select (value::text::numeric + u.shift) * u.factor) b (number)
$$;
grant execute on function private.to_base(float8, text) to member, worker, migrator;

-- `after insert on lab.samples`
create or replace function private.spread_new_fields()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if exists (select from new_rows where type_id is not null and fields <> '{}') then
    perform private.spread_fields(array(select id from new_rows where type_id is not null and fields <> '{}'));
  end if;
  return null;
end $$;
grant execute on function private.spread_new_fields() to member, law, migrator;

-- `after update on lab.samples`
create or replace function private.spread_changed_fields()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  changed constant uuid[] := array(
    select n.id from new_rows n join old_rows o on o.id = n.id
    where (n.fields, n.type_id, n.type_version, n.project_id) is distinct from (o.fields, o.type_id, o.type_version, o.project_id));
begin
  if changed <> '{}' then
    perform private.gather_fields(changed);
    perform private.spread_fields(changed);
  end if;
  return null;
end $$;
grant execute on function private.spread_changed_fields() to member, law, migrator;

-- `after delete on lab.samples`
create or replace function private.gather_deleted_fields()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.gather_fields(array(select id from old_rows));
  return null;
end $$;
grant execute on function private.gather_deleted_fields() to member, law, migrator;

create or replace function private.gather_fields(samples uuid[])
returns void
language sql volatile
set search_path = ''
as $$
  delete from private.sample_numbers where sample_id = any (samples);
  delete from private.sample_dates where sample_id = any (samples);
  delete from private.sample_texts where sample_id = any (samples);
$$;

create or replace function private.spread_fields(samples uuid[])
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into private.sample_numbers (lab_id, project_id, sample_id, field, value, dimension)
  select v.lab_id, v.project_id, v.sample_id, v.field, b.number::float8, u.dimension
  from private.values_of(samples) v
  join private.known_units u on u.code = v.value ->> 'unit'
  cross join lateral (select ((v.value ->> 'value')::numeric + u.shift) * u.factor) b (number)
  where v.data_type = 'number' and abs(b.number) < 1.7e308;

  insert into private.sample_numbers (lab_id, project_id, sample_id, field, value, dimension)
  select v.lab_id, v.project_id, v.sample_id, v.field, private.to_base((v.value ->> 'value')::float8, v.value ->> 'unit'), private.dimension_of(v.value ->> 'unit')
  from private.values_of(samples) v
  where v.data_type = 'number' and v.value ? 'unit' and not exists (select from private.known_units u where u.code = v.value ->> 'unit');

  insert into private.sample_dates (lab_id, project_id, sample_id, field, value)
  select v.lab_id, v.project_id, v.sample_id, v.field, (v.value #>> '{}')::date
  from private.values_of(samples) v
  where v.data_type = 'date' and jsonb_typeof(v.value) = 'string';

  insert into private.sample_texts (lab_id, project_id, sample_id, field, value)
  select v.lab_id, v.project_id, v.sample_id, v.field, v.value #>> '{}'
  from private.values_of(samples) v
  where v.data_type not in ('number', 'date') and jsonb_typeof(v.value) <> 'object';
end $$;

-- Every field of samples that has an answer.
create or replace function private.values_of(samples uuid[])
returns table (lab_id uuid, project_id uuid, sample_id uuid, field text, data_type text, value jsonb)
language sql stable
set search_path = ''
as $$
  select s.lab_id, s.project_id, s.id, f.key, f.data_type, s.fields -> f.key
  from lab.samples s
  join lab.sample_fields f on f.lab_id = s.lab_id and f.sample_type_id = s.type_id and f.type_version = s.type_version
  where s.id = any (samples) and s.fields ? f.key
$$;
