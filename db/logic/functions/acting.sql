-- Acts run as whoever asks, and so stand on the row policies: who may see a material, and who may change it. The ledger computes what is left.

-- Holds the material for an act of whoever asks.
create or replace function private.lock_material(material_id uuid)
returns lab.samples
language plpgsql volatile
set search_path = ''
as $$
declare
  material lab.samples;
begin
  select s.* into material from lab.samples s where s.id = material_id for update;
  if found then
    return material;
  elsif exists (select from lab.samples s where s.id = material_id) then
    perform private.refuse('PL003', array['technician or analyst']);
  end if;
  perform private.refuse('PL004', array['material', coalesce(material_id::text, '')]);
end $$;
grant execute on function private.lock_material(uuid) to member;

create or replace function private.describe_material(material_id uuid)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('material_id', s.id, 'code', s.code, 'name', s.name, 'status', s.status, 'amount', s.amount, 'unit', s.amount_unit,
    'thaw_count', s.thaw_count, 'custodian_id', s.custodian_id, 'received_at', s.received_at, 'condition', s.condition,
    'place_id', s.place_id, 'position', s.position, 'version', s.version)
  from lab.samples s
  where s.id = describe_material.material_id
$$;
grant execute on function private.describe_material(uuid) to member;

-- One act, once. `told` are columns of lab.material_acts.
create or replace function private.record_act(material_id uuid, act_key uuid, told jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  material constant lab.samples := private.lock_material(material_id);
  answer constant jsonb := private.open_act(material.lab_id, act_key, told ->> 'kind', jsonb_build_array(
    material_id, told || jsonb_build_object('happened_at', (told ->> 'happened_at')::timestamptz at time zone 'UTC')));
  act constant lab.material_acts := jsonb_populate_record(null::lab.material_acts, jsonb_strip_nulls(told));
begin
  if answer is not null then
    return answer;
  end if;
  insert into lab.material_acts (lab_id, project_id, material_id, kind, given_amount, given_unit, custodian_id, condition,
    condition_note, reason, happened_at, act_key)
  values (material.lab_id, material.project_id, material.id, act.kind, act.given_amount, act.given_unit, act.custodian_id,
    act.condition, act.condition_note, nullif(btrim(act.reason), ''), coalesce(act.happened_at, clock_timestamp()), act_key);
  return private.close_act(material.lab_id, act_key, private.describe_material(material.id));
end $$;
grant execute on function private.record_act(uuid, uuid, jsonb) to member;
