-- Lots: registered, opened, released, blocked.

create or replace function api_v1.register_lot(project_id uuid, name text, lot jsonb, act_key uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  project constant lab.projects := private.project_of_made(jsonb_build_object('project_id', project_id), null);
  answer jsonb;
  material jsonb;
begin
  if jsonb_typeof(lot) is distinct from 'object' then
    perform private.refuse('PL008', array['This is no lot.'], array['Give an object.']);
  end if;
  answer := private.open_act(project.lab_id, act_key, 'register_lot', jsonb_build_array(project_id, name, lot));
  if answer is not null then
    return answer;
  end if;
  material := '{"sample_type": "reagent"}'::jsonb || (jsonb_strip_nulls(lot) - '{id,n,own_code}'::text[]) || jsonb_build_object('kind', 'lot', 'name', name);
  perform private.demand_parts(jsonb_build_array(material), project);
  perform private.demand_lot(project, material);
  material := private.register_materials(project, jsonb_build_array(material));
  perform private.register_lot(project, material -> 0);
  return private.close_act(project.lab_id, act_key, private.describe_material((material -> 0 ->> 'id')::uuid));
end $$;
comment on function api_v1.register_lot(uuid, text, jsonb, uuid) is
$$Registers a lot in a project, once per act_key.

lot: {"supplier", "catalogue_number", "lot_number", "amount", "unit", "expires_on", "in_use_days", "low_amount", "certificate_file_id",
"lot_status" (quarantine, if left out), "sample_type" (reagent), "fields", "description", "foreign_code", "foreign_kind", "place_id", "position"}.$$;
grant execute on function api_v1.register_lot(uuid, text, jsonb, uuid) to member;

create or replace function api_v1.open_lot(material_id uuid, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'open', 'happened_at', happened_at));
comment on function api_v1.open_lot(uuid, uuid, timestamptz) is 'Opens a lot: from that day its in-use expiry counts.';
grant execute on function api_v1.open_lot(uuid, uuid, timestamptz) to member;

create or replace function api_v1.release_lot(material_id uuid, reason text, act_key uuid)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'release', 'reason', reason));
comment on function api_v1.release_lot(uuid, text, uuid) is 'Releases a lot for use; reason says what was checked.';
grant execute on function api_v1.release_lot(uuid, text, uuid) to member;

create or replace function api_v1.block_lot(material_id uuid, reason text, act_key uuid)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'block', 'reason', reason));
comment on function api_v1.block_lot(uuid, text, uuid) is 'Blocks a lot. What was made from it is found by trace_materials.';
grant execute on function api_v1.block_lot(uuid, text, uuid) to member;

create or replace function api_v1.quarantine_lot(material_id uuid, reason text, act_key uuid)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'quarantine', 'reason', reason));
comment on function api_v1.quarantine_lot(uuid, text, uuid) is 'Puts a lot into quarantine until it is released.';
grant execute on function api_v1.quarantine_lot(uuid, text, uuid) to member;
