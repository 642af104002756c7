-- Acts on one material. Each stands on the row policies: who may see it, and who may change it; the ledger computes what is left.

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

create or replace function api_v1.take_amount(
  material_id uuid, amount float8, unit text, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  if not coalesce(amount > 0 and amount < 'infinity', false) or unit is null then
    perform private.refuse('PL008', array['That is no amount to take.'], array['Give a number above 0, with its unit.']);
  end if;
  return private.record_act(material_id, act_key, jsonb_build_object(
    'kind', 'take', 'given_amount', amount, 'given_unit', unit, 'reason', reason, 'happened_at', happened_at));
end $$;
comment on function api_v1.take_amount(uuid, float8, text, uuid, text, timestamptz) is
$$Takes an amount out of a material, in any unit that converts to its own; what is left is never below zero, and at zero it is consumed.

The same act_key again changes nothing and gives the first answer. A lot that is blocked, in quarantine or expired needs a reason.$$;
grant execute on function api_v1.take_amount(uuid, float8, text, uuid, text, timestamptz) to member;

create or replace function api_v1.correct_amount(
  material_id uuid, amount float8, unit text, reason text, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object(
  'kind', 'correct', 'given_amount', amount, 'given_unit', unit, 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.correct_amount(uuid, float8, text, text, uuid, timestamptz) is
  'Says how much of a material there really is, with a reason; also in a unit of another kind, when it was registered in the wrong one.';
grant execute on function api_v1.correct_amount(uuid, float8, text, text, uuid, timestamptz) to member;

create or replace function api_v1.consume_material(material_id uuid, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'consume', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.consume_material(uuid, uuid, text, timestamptz) is 'Uses up what is left of a material.';
grant execute on function api_v1.consume_material(uuid, uuid, text, timestamptz) to member;

create or replace function api_v1.thaw_material(material_id uuid, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'thaw', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.thaw_material(uuid, uuid, text, timestamptz) is 'Counts one more freeze–thaw of a material.';
grant execute on function api_v1.thaw_material(uuid, uuid, text, timestamptz) to member;

create or replace function api_v1.receive_material(
  material_id uuid, condition text, act_key uuid, condition_note text default null, received_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  if coalesce(condition, '') not in ('good', 'thawed', 'warm', 'leaking', 'broken', 'empty', 'unlabelled', 'other')
    or condition = 'other' and coalesce(btrim(condition_note), '') = ''
  then
    perform private.refuse('PL008', array[format('"%s" is no condition on receipt.', condition)],
      array['Expected one of: good, thawed, warm, leaking, broken, empty, unlabelled, other (with condition_note).']);
  end if;
  return private.record_act(material_id, act_key, jsonb_build_object(
    'kind', 'receive', 'condition', condition, 'condition_note', nullif(btrim(condition_note), ''),
    'happened_at', received_at));
end $$;
comment on function api_v1.receive_material(uuid, text, uuid, text, timestamptz) is
$$Records the condition in which a registered material arrived; one that was missing is available again, and thawed counts as a thaw.

condition: good, thawed, warm, leaking, broken, empty, unlabelled or other (with condition_note).$$;
grant execute on function api_v1.receive_material(uuid, text, uuid, text, timestamptz) to member;

create or replace function api_v1.hand_over_material(
  material_id uuid, custodian_id uuid, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  if not exists (select from api_v1.people p where p.id = custodian_id and p.active) and custodian_id is not null then
    perform private.refuse('PL004', array['person', custodian_id::text]);
  end if;
  return private.record_act(material_id, act_key, jsonb_build_object(
    'kind', 'custody', 'custodian_id', custodian_id, 'reason', reason, 'happened_at', happened_at));
end $$;
comment on function api_v1.hand_over_material(uuid, uuid, uuid, text, timestamptz) is 'Changes who answers for a material; null: nobody in particular.';
grant execute on function api_v1.hand_over_material(uuid, uuid, uuid, text, timestamptz) to member;
