-- Acts on one material; what they have in common is in logic/functions/acting.sql.

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
