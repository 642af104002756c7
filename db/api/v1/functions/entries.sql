-- owner: law
-- Entries begin from a template, link to records, and are locked.

create or replace function api_v1.start_entry(experiment_id uuid, template_id uuid, title text, act_key uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  experiment lab.experiments;
  template lab.entry_templates;
  entry lab.entries;
  answer jsonb;
begin
  select e.* into experiment from lab.experiments e where e.id = experiment_id and private.may_see('experiments', e.id);
  if not found then
    perform private.refuse('PL004', array['experiment', experiment_id::text]);
  end if;
  perform private.demand_project_role(experiment.project_id, '{technician,analyst}');
  answer := private.begin_act(experiment.lab_id, act_key, 'start_entry', jsonb_build_array(experiment_id, template_id, title));
  if answer is not null then
    return answer;
  end if;
  select t.* into template from lab.entry_templates t where t.lab_id = experiment.lab_id and t.id = template_id and t.active;
  if not found then
    perform private.refuse('PL004', array['entry template', template_id::text]);
  end if;
  insert into lab.entries (lab_id, project_id, experiment_id, title, document, template_id)
  values (experiment.lab_id, experiment.project_id, experiment.id, coalesce(nullif(btrim(title), ''), template.name), template.document, template.id)
  returning * into entry;
  return private.end_act(experiment.lab_id, act_key, jsonb_build_object('entry_id', entry.id, 'title', entry.title, 'version', entry.version));
end $$;
comment on function api_v1.start_entry(uuid, uuid, text, uuid) is
  'Begins an entry of an experiment with a template, once per act_key; without a title it takes the template''s name.';
grant execute on function api_v1.start_entry(uuid, uuid, text, uuid) to member;

create or replace function api_v1.lock_entry(entry_id uuid, version integer)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  entry lab.entries := private.lock_entry_row(entry_id);
begin
  if entry.locked_at is not null and entry.version = lock_entry.version + 1 and entry.locked_by = private.me() then
    return jsonb_build_object('entry_id', entry.id, 'version', entry.version, 'locked_at', entry.locked_at, 'repeated', true);
  elsif entry.locked_at is not null then
    perform private.refuse('PL176', array[entry.title]);
  elsif lock_entry.version is distinct from entry.version then
    perform private.refuse('PL006', hint_args => array[entry.version::text]);
  end if;
  update lab.entries e set locked_at = clock_timestamp(), locked_by = private.me()
  where e.lab_id = entry.lab_id and e.id = entry.id
  returning e.* into entry;
  return jsonb_build_object('entry_id', entry.id, 'version', entry.version, 'locked_at', entry.locked_at, 'repeated', false);
end $$;
comment on function api_v1.lock_entry(uuid, integer) is
  'Locks an entry for ever, as it stands in the version that you read; if someone changed it since, it says so and locks nothing.';
grant execute on function api_v1.lock_entry(uuid, integer) to member;

create or replace function api_v1.link_record(entry_id uuid, kind text, record_id uuid, note text default '')
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  entry constant lab.entries := private.lock_entry_row(entry_id);
  link lab.entry_links;
begin
  if entry.locked_at is not null then
    perform private.refuse('PL176', array[entry.title]);
  end if;
  perform private.demand_linkable(kind, record_id);
  insert into lab.entry_links (lab_id, project_id, entry_id, sample_id, experiment_id, result_id, sop_run_id, file_id, plate_id, note)
  values (entry.lab_id, entry.project_id, entry.id, case kind when 'sample' then record_id end, case kind when 'experiment' then record_id end,
    case kind when 'result' then record_id end, case kind when 'sop_run' then record_id end, case kind when 'file' then record_id end,
    case kind when 'plate' then record_id end, coalesce(note, ''))
  on conflict on constraint entry_links_key do update set note = excluded.note, removed_at = null
  returning * into link;
  return jsonb_build_object('link_id', link.id, 'entry_id', entry.id, 'kind', kind, 'record_id', record_id);
end $$;
comment on function api_v1.link_record(uuid, text, uuid, text) is
  'Links an entry to a sample, experiment, result, sop_run, file or plate that you may see; the same link again only changes its note.';
grant execute on function api_v1.link_record(uuid, text, uuid, text) to member;

create or replace function api_v1.unlink_record(link_id uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  link lab.entry_links;
  entry lab.entries;
begin
  select l.* into link from lab.entry_links l where l.id = link_id and private.may_see('entry_links', l.id);
  if not found then
    perform private.refuse('PL004', array['link', link_id::text]);
  end if;
  entry := private.lock_entry_row(link.entry_id);
  if entry.locked_at is not null then
    perform private.refuse('PL176', array[entry.title]);
  end if;
  update lab.entry_links l set removed_at = clock_timestamp() where l.lab_id = link.lab_id and l.id = link.id and l.removed_at is null;
  return jsonb_build_object('link_id', link.id, 'repeated', not found);
end $$;
comment on function api_v1.unlink_record(uuid) is 'Takes a link away from an entry; its past keeps it.';
grant execute on function api_v1.unlink_record(uuid) to member;
