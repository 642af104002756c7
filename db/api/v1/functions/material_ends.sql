-- Archived, consumed, disposed, shipped and missing are different ends; each has a reason, and each can be taken back with one.

create or replace function api_v1.archive_material(material_id uuid, reason text, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'archive', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.archive_material(uuid, text, uuid, timestamptz) is 'Sets a material aside for keeping: it stays in its place, and nothing is taken from it.';
grant execute on function api_v1.archive_material(uuid, text, uuid, timestamptz) to member;

create or replace function api_v1.dispose_material(material_id uuid, reason text, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'dispose', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.dispose_material(uuid, text, uuid, timestamptz) is 'Throws a material away: its position becomes free, its amount stays what was thrown away.';
grant execute on function api_v1.dispose_material(uuid, text, uuid, timestamptz) to member;

create or replace function api_v1.ship_material(material_id uuid, reason text, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'ship', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.ship_material(uuid, text, uuid, timestamptz) is 'Sends a material out of the lab; reason says to whom and why. Its position becomes free.';
grant execute on function api_v1.ship_material(uuid, text, uuid, timestamptz) to member;

create or replace function api_v1.report_missing(material_id uuid, act_key uuid, reason text default null, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'miss', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.report_missing(uuid, uuid, text, timestamptz) is 'Says that a material is not where it should be, or did not arrive.';
grant execute on function api_v1.report_missing(uuid, uuid, text, timestamptz) to member;

create or replace function api_v1.restore_material(material_id uuid, reason text, act_key uuid, happened_at timestamptz default null)
returns jsonb
language sql volatile
set search_path = ''
return private.record_act(material_id, act_key, jsonb_build_object('kind', 'restore', 'reason', reason, 'happened_at', happened_at));
comment on function api_v1.restore_material(uuid, text, uuid, timestamptz) is
  'Takes back an end that was recorded by mistake: the material is available again. Where it stands and how much there is are said by further acts.';
grant execute on function api_v1.restore_material(uuid, text, uuid, timestamptz) to member;
