-- owner: law
-- A spoiled value is excluded with a reason, never removed, and taken back with one.

create or replace function api_v1.exclude_measurement(measurement_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  measurement constant lab.measurements := private.lock_measurement(measurement_id);
  words constant text := private.demand_words(reason, 'reason');
begin
  perform set_config('petri.reason', words, true);
  update lab.measurements m set excluded_reason = words
  where m.lab_id = measurement.lab_id and m.id = measurement.id and m.excluded_reason is distinct from words;
  return jsonb_build_object('id', measurement.id, 'excluded_reason', words, 'repeated', not found);
end $$;
comment on function api_v1.exclude_measurement(uuid, text) is 'Leaves a measurement out of calculations, with a reason. It stays readable.';
grant execute on function api_v1.exclude_measurement(uuid, text) to member;

create or replace function api_v1.include_measurement(measurement_id uuid, reason text)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  measurement constant lab.measurements := private.lock_measurement(measurement_id);
  words constant text := private.demand_words(reason, 'reason');
begin
  if measurement.excluded_reason is null then
    perform private.refuse('PL170', array[measurement.id::text]);
  end if;
  perform set_config('petri.reason', words, true);
  update lab.measurements m set excluded_reason = null where m.lab_id = measurement.lab_id and m.id = measurement.id;
  return jsonb_build_object('id', measurement.id, 'excluded_reason', null);
end $$;
comment on function api_v1.include_measurement(uuid, text) is 'Takes an excluded measurement back into calculations, with a reason, which the log keeps.';
grant execute on function api_v1.include_measurement(uuid, text) to member;

create or replace function private.lock_measurement(measurement_id uuid)
returns lab.measurements
language plpgsql volatile
set search_path = ''
as $$
declare
  measurement lab.measurements;
begin
  select m.* into measurement
  from lab.measurements m
  where m.id = measurement_id and private.may_see('measurements', m.id)
  for update;
  if not found then
    perform private.refuse('PL004', array['measurement', measurement_id::text]);
  end if;
  perform private.demand_project_role(measurement.project_id, '{technician,analyst}');
  return measurement;
end $$;
