-- A file's rows are sent in chunks. Nothing is read into them yet.

create or replace function api_v1.begin_import(kind text, project_id uuid, file_name text, file_sha256 text, columns text[], act_key uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import lab.imports;
begin
  perform private.demand_import_role(begin_import.project_id);
  perform private.demand_new_import(begin_import.kind, begin_import.file_sha256, begin_import.columns);
  insert into lab.imports (lab_id, project_id, kind, act_key, file_name, file_sha256, columns)
  select p.lab_id, p.id, begin_import.kind, begin_import.act_key, begin_import.file_name, begin_import.file_sha256, begin_import.columns
  from lab.projects p
  where p.id = begin_import.project_id
  on conflict on constraint imports_act_key do nothing;
  select i.* into import
  from lab.imports i
  where i.act_key = begin_import.act_key and i.project_id = begin_import.project_id;
  if not found or (import.kind, import.file_sha256, import.columns) is distinct from
      (begin_import.kind, begin_import.file_sha256, begin_import.columns) then
    perform private.refuse('PL009');
  end if;
  return jsonb_build_object('id', import.id, 'status', import.status, 'same_file', coalesce(to_jsonb(private.same_file(import)), '[]'));
end $$;
comment on function api_v1.begin_import(text, uuid, text, text, text[], uuid) is
$$Begins to import a file: what its rows become (samples), where they belong, its name, its SHA-256 and its headings.

`same_file` names earlier imports of the same bytes. The same act_key begins the same import.$$;
grant execute on function api_v1.begin_import(text, uuid, text, text, text[], uuid) to member;

create or replace function private.demand_new_import(kind text, file_sha256 text, columns text[])
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if kind is distinct from 'samples' then
    perform private.refuse('PL008', array[format('Unknown kind of import "%s".', kind)], array['Expected samples.']);
  elsif file_sha256 !~ '^[0-9a-f]{64}$' or file_sha256 is null then
    perform private.refuse('PL008', array['The hash of the file is missing.'], array['Expected its SHA-256 in lower-case hexadecimal.']);
  elsif cardinality(columns) not between 1 and 200 or columns is null then
    perform private.refuse('PL194', array[coalesce(cardinality(columns), 0)::text]);
  end if;
end $$;
grant execute on function private.demand_new_import(text, text, text[]) to member;

create or replace function api_v1.stage_rows(import_id uuid, chunk_no integer, rows jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import constant lab.imports := private.demand_import(import_id, '{staging}');
  width constant integer := cardinality(import.columns);
begin
  perform private.demand_chunk(chunk_no, rows, width);
  insert into private.import_chunks (import_id, chunk_no, row_count, rows)
  values (import.id, stage_rows.chunk_no, jsonb_array_length(stage_rows.rows), stage_rows.rows)
  on conflict on constraint import_chunks_pkey do nothing;
  if not found and not exists (
    select from private.import_chunks c where c.import_id = import.id and c.chunk_no = stage_rows.chunk_no and c.rows = stage_rows.rows)
  then
    perform private.refuse('PL193', array[chunk_no::text, 'other rows were staged under this number'], array[width::text]);
  end if;
  return jsonb_build_object('rows', jsonb_array_length(rows));
end $$;
comment on function api_v1.stage_rows(uuid, integer, jsonb) is
$$Stages one chunk of rows, counted from 0, at most 10,000 rows each: a list of lists, one text or null for each heading.

The same chunk may be sent again; another one under the same number is refused.$$;
grant execute on function api_v1.stage_rows(uuid, integer, jsonb) to member;

create or replace function private.demand_chunk(chunk_no integer, rows jsonb, width integer)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  problem constant text := case
    when chunk_no is null or chunk_no < 0 then 'chunks count from 0'
    when rows is null or jsonb_typeof(rows) <> 'array' then 'it is no list of rows'
    when jsonb_array_length(rows) > 10000 then 'it has more than 10000 rows'
    when exists (select from jsonb_array_elements(rows) r where jsonb_typeof(r) <> 'array') then 'a row is a list'
    when exists (select from jsonb_array_elements(rows) r where jsonb_array_length(r) <> width) then 'a row has more or fewer cells than there are headings'
    when jsonb_path_exists(rows, '$[*][*] ? (@.type() != "string" && @.type() != "null")') then 'a cell is neither a text nor null'
  end;
begin
  if problem is not null then
    perform private.refuse('PL193', array[chunk_no::text, problem], array[width::text]);
  end if;
end $$;
grant execute on function private.demand_chunk(integer, jsonb, integer) to member;

create or replace function api_v1.abandon_import(import_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  import constant lab.imports := private.demand_import(import_id, '{staging,judged}');
begin
  delete from private.import_chunks c where c.import_id = import.id;
  delete from private.import_rows r where r.import_id = import.id;
  update lab.imports i set status = 'abandoned', version = import.version where i.id = import.id;
end $$;
comment on function api_v1.abandon_import(uuid) is 'Forgets what was staged. Nothing was written, so nothing is taken back.';
grant execute on function api_v1.abandon_import(uuid) to member;
