-- An import is taken back as far as nobody built on it, and says what stays.

create or replace function api_v1.undo_import(import_id uuid, reason text)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import constant lab.imports := private.demand_import(import_id, '{committed}');
  plan jsonb;
begin
  if coalesce(btrim(reason), '') = '' then
    perform private.refuse('PL008', array['Taking an import back needs a reason.'], array['Say why.']);
  end if;
  perform set_config('petri.reason', reason, true);
  select jsonb_object_agg(p.what, p.rows) into plan from private.undo_plan(import) p;
  perform private.archive_samples(private.ids_of(plan -> 'archive'), reason);
  perform private.restore_samples(import.id, private.ids_of(plan -> 'restore'));
  update lab.imports i
  set status = 'undone', version = import.version, archived = coalesce(jsonb_array_length(plan -> 'archive'), 0),
    restored = coalesce(jsonb_array_length(plan -> 'restore'), 0), kept = coalesce(jsonb_array_length(plan -> 'keep'), 0)
  where i.id = import.id;
  return (
    select jsonb_build_object('archived', i.archived, 'restored', i.restored, 'kept', i.kept,
      'stays', coalesce(jsonb_path_query_array(plan, '$.keep[0 to 99]'), '[]'))
    from lab.imports i where i.id = import.id);
end $$;
comment on function api_v1.undo_import(uuid, text) is
$$Takes an import back: new records that nothing depends on are archived, edited ones get their former values back.

Records that were edited since, or that something refers to, stay: `stays` names the first 100 of them and why.$$;
grant execute on function api_v1.undo_import(uuid, text) to member;

create or replace function private.undo_plan(import lab.imports)
returns table (what text, rows jsonb)
language sql stable
set search_path = ''
as $$
  with imported as materialized (
    select r.row_no, r.act, r.record_id, r.version as then_version, s.id, s.code, s.version
    from private.imported_rows r
    left join lab.samples s on s.id = r.record_id
    where r.import_id = import.id
  ), used as materialized (
    select u.id from private.with_dependants('samples', array(select i.id from imported i where i.act = 'insert'), import.committed_mark) u (id)
  ), judged as (
    select i.*, case
      when i.id is null then 'you may not see it'
      when i.version > i.then_version then 'it was changed since'
      when i.act = 'insert' and exists (select from used u where u.id = i.id) then 'something refers to it' end as why
    from imported i
  )
  select case when j.why is not null then 'keep' when j.act = 'insert' then 'archive' else 'restore' end,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('row_no', j.row_no, 'id', j.id, 'code', j.code, 'why', j.why)) order by j.row_no)
  from judged j
  group by 1
$$;
grant execute on function private.undo_plan(lab.imports) to member;

create or replace function private.ids_of(records jsonb)
returns uuid[]
language sql immutable
set search_path = ''
as $$
  select array(select (r ->> 'id')::uuid from jsonb_array_elements(records) r)
$$;
grant execute on function private.ids_of(jsonb) to member;
