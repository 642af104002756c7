-- Sample types are defined by lab admins: a draft is written and rewritten, then made effective.

create or replace function api_v1.define_sample_type(name text, fields jsonb, description text default null)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  type_id uuid;
  draft record;
  lab constant uuid := (select m.lab_id from api_v1.me() m);
begin
  if not lab = any (array(select private.my_labs_as('{lab_admin}'))) then
    perform private.refuse('PL003', '{lab admin}');
  end if;
  insert into lab.sample_types (lab_id, name, description)
  values (lab, btrim(define_sample_type.name), coalesce(define_sample_type.description, ''))
  on conflict on constraint sample_types_name_key do nothing;
  select t.id into type_id from lab.sample_types t where t.lab_id = lab and t.name = btrim(define_sample_type.name);
  select v.id, v.version into draft
  from lab.sample_type_versions v where v.lab_id = lab and v.sample_type_id = type_id and v.status = 'draft' order by v.number desc limit 1;
  if found then
    update lab.sample_type_versions v set fields = define_sample_type.fields, version = draft.version where v.lab_id = lab and v.id = draft.id;
    return draft.id;
  end if;
  insert into lab.sample_type_versions (lab_id, sample_type_id, number, fields)
  values (lab, type_id, 0, define_sample_type.fields)
  returning id into draft;
  return draft.id;
end $$;
comment on function api_v1.define_sample_type(text, jsonb, text) is
$$Writes the draft of a sample type: the type is made if there is none of that name, and a draft of it is rewritten. Returns the id of the version.

fields: list of {"key", "label", "type": text | number | date | choice | boolean | link | file, "unit", "low", "high", "choices", "required",
"default", "link_to", "help", "condition", "computed"}. It takes effect with make_sample_type_effective.$$;
grant execute on function api_v1.define_sample_type(text, jsonb, text) to member;

create or replace function api_v1.make_sample_type_effective(version_id uuid)
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  draft lab.sample_type_versions;
begin
  select v.* into draft from lab.sample_type_versions v where v.id = version_id;
  if not found then
    perform private.refuse('PL004', array['version of a sample type', version_id::text]);
  elsif not draft.lab_id = any (array(select private.my_labs_as('{lab_admin}'))) then
    perform private.refuse('PL003', '{lab admin}');
  end if;
  update lab.sample_type_versions v set status = 'effective', version = draft.version where v.lab_id = draft.lab_id and v.id = draft.id;
  return draft.number;
end $$;
comment on function api_v1.make_sample_type_effective(uuid) is
  'From now on, new samples of the type follow this version; those that are there stay on theirs. Refused with what is wrong, if its fields are not sound.';
grant execute on function api_v1.make_sample_type_effective(uuid) to member;

create or replace function api_v1.upgrade_sample(sample_id uuid, seen_version integer, fields jsonb default '{}')
returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  upgraded integer;
begin
  update lab.samples s
  set type_id = t.id, type_version = v.number, fields = upgrade_sample.fields, version = seen_version
  from lab.sample_types t
  join lab.sample_type_versions v on v.lab_id = t.lab_id and v.sample_type_id = t.id and v.status = 'effective'
  where s.id = upgrade_sample.sample_id and t.lab_id = s.lab_id and (t.id = s.type_id or (s.type_id is null and t.name = s.sample_type))
  returning s.type_version into upgraded;
  if upgraded is null then
    perform private.refuse('PL004', array['sample of a defined type', sample_id::text]);
  end if;
  return upgraded;
end $$;
comment on function api_v1.upgrade_sample(uuid, integer, jsonb) is
  'Brings a sample to the effective version of its type, judged anew; give what the new version asks for, and null for what it no longer has. Returns the number of that version.';
grant execute on function api_v1.upgrade_sample(uuid, integer, jsonb) to member;

create or replace function api_v1.check_sample_fields(sample_type text, fields jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('ok', v.problems is null, 'fields', v.fields,
    'problems', coalesce((select jsonb_agg(private.word_problem(p)) from jsonb_array_elements(v.problems) p), '[]'))
  from lab.sample_types t
  join lab.sample_type_versions e on e.lab_id = t.lab_id and e.sample_type_id = t.id and e.status = 'effective'
  cross join lateral private.judge_fields(t.lab_id, t.id, e.number, check_sample_fields.fields, null) v
  where t.name = check_sample_fields.sample_type
$$;
comment on function api_v1.check_sample_fields(text, jsonb) is
  'What a new sample of a type would be told about these fields, without registering it: {"ok", "fields" as they would be kept, "problems"}. Null for an unknown type.';
grant execute on function api_v1.check_sample_fields(text, jsonb) to member;
