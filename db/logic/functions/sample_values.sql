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

-- Read once, written to the column of its type. Units that nobody registered are few and read one by one.
create or replace function private.spread_fields(samples uuid[])
returns void
language sql volatile
set search_path = ''
as $$
  with answers as materialized (
    select s.lab_id, s.project_id, s.id as sample_id, f.key as field, f.data_type, s.fields -> f.key as value
    from lab.samples s
    join lab.sample_fields f on f.lab_id = s.lab_id and f.sample_type_id = s.type_id and f.type_version = s.type_version
    where s.id = any (samples) and s.fields ? f.key and not coalesce(s.fields -> f.key ? 'not_obtained', false)
  ), numbers as (
    insert into private.sample_numbers (lab_id, project_id, sample_id, field, value, dimension)
    select a.lab_id, a.project_id, a.sample_id, a.field, b.value, coalesce(u.dimension, private.dimension_of(a.value ->> 'unit'))
    from answers a
    left join private.known_units u on u.code = a.value ->> 'unit'
    cross join lateral (select case
      when u.code is null then private.to_base((a.value ->> 'value')::float8, a.value ->> 'unit')
      when u.factor = 1 and u.shift = 0 then (a.value ->> 'value')::float8
      else case when abs(u.factor) < 1e100 and abs((a.value ->> 'value')::numeric) < 1e200 then (((a.value ->> 'value')::numeric + u.shift) * u.factor)::float8 end end) b (value)
    where a.data_type = 'number' and b.value is not null
  ), dates as (
    insert into private.sample_dates (lab_id, project_id, sample_id, field, value)
    select a.lab_id, a.project_id, a.sample_id, a.field, (a.value #>> '{}')::date from answers a where a.data_type = 'date'
  )
  insert into private.sample_texts (lab_id, project_id, sample_id, field, value)
  select a.lab_id, a.project_id, a.sample_id, a.field, a.value #>> '{}' from answers a where a.data_type not in ('number', 'date')
$$;
