-- Judged rows become samples: plain inserts and edits by the person, through the same triggers and policies as any other.

create or replace function private.write_samples(import lab.imports, pass integer)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform private.insert_samples(import, pass);
  perform private.edit_samples(import, pass);
end $$;
grant execute on function private.write_samples(lab.imports, integer) to member;

-- Ids ascend in the order of insertion, which tells which row became which sample.
create or replace function private.insert_samples(import lab.imports, pass integer)
returns void
language sql volatile
set search_path = ''
as $$
  with judged as materialized (
    select r.row_no, r.record
    from private.import_rows r
    where r.import_id = import.id and r.pass = insert_samples.pass and r.act = 'insert'
  ), inserted as (
    insert into lab.samples (lab_id, project_id, name, sample_type, description, amount, amount_unit, synthetic, kind, fields)
    select import.lab_id, (j.record ->> 'project_id')::uuid, j.record ->> 'name', j.record ->> 'sample_type', coalesce(j.record ->> 'description', ''),
      (j.record ->> 'amount')::float8, j.record ->> 'amount_unit', coalesce((j.record ->> 'synthetic')::boolean, false),
      coalesce(j.record ->> 'kind', 'sample'), jsonb_strip_nulls(j.record -> 'fields')
    from judged j
    order by j.row_no
    returning id, version
  )
  insert into private.imported_rows (import_id, row_no, project_id, act, record_id, version)
  select import.id, j.row_no, import.project_id, 'insert', i.id, i.version
  from (select j.row_no, row_number() over (order by j.row_no) as nth from judged j) j
  join (select i.id, i.version, row_number() over (order by i.id) as nth from inserted i) i on i.nth = j.nth
$$;
grant execute on function private.insert_samples(lab.imports, integer) to member;

-- An edit names the version that was seen, so what others changed meanwhile is merged or refused as with any edit.
create or replace function private.edit_samples(import lab.imports, pass integer)
returns void
language sql volatile
set search_path = ''
as $$
  with edited as (
    update lab.samples s
    set version = r.seen_version,
      name = case when 'name' = any (r.changed) then r.record ->> 'name' else s.name end,
      description = case when 'description' = any (r.changed) then r.record ->> 'description' else s.description end,
      synthetic = case when 'synthetic' = any (r.changed) then (r.record ->> 'synthetic')::boolean else s.synthetic end,
      fields = coalesce((select jsonb_object_agg(f.key, r.record -> 'fields' -> f.key) from (select substr(c, 8) as key from unnest(r.changed) c where c ^@ 'fields.') f), s.fields)
    from private.import_rows r
    where r.import_id = import.id and r.pass = edit_samples.pass and r.act = 'update' and s.id = r.record_id
    returning r.row_no, s.id, s.version
  )
  insert into private.imported_rows (import_id, row_no, project_id, act, record_id, version)
  select import.id, e.row_no, import.project_id, 'update', e.id, e.version from edited e
$$;
grant execute on function private.edit_samples(lab.imports, integer) to member;

-- New samples that nothing depends on are archived. Archiving is an act.
create or replace function private.archive_samples(ids uuid[], reason text)
returns void
language sql volatile
set search_path = ''
as $$
  insert into lab.material_acts (lab_id, project_id, material_id, kind, reason)
  select s.lab_id, s.project_id, s.id, 'archive', archive_samples.reason from lab.samples s where s.id = any (ids)
$$;
grant execute on function private.archive_samples(uuid[], text) to member;

-- Edited samples get back what they held before, as one more version.
create or replace function private.restore_samples(import_id uuid, ids uuid[])
returns void
language sql volatile
set search_path = ''
as $$
  update lab.samples s
  set version = s.version, name = h.name, description = h.description, synthetic = h.synthetic,
    fields = coalesce((
      select jsonb_object_agg(k.key, h.fields -> k.key)
      from jsonb_object_keys(s.fields || h.fields) k (key)
      where s.fields -> k.key is distinct from h.fields -> k.key and not private.is_computed(s.lab_id, k.key)), s.fields)
  from private.imported_rows r
  join history.samples h on h.id = r.record_id and h.version = r.version - 1
  where r.import_id = restore_samples.import_id and r.record_id = any (ids) and s.id = r.record_id
$$;
grant execute on function private.restore_samples(uuid, uuid[]) to member;
