-- Who may do what with an import, in words. The policies decide; these only say it first.

-- Imports of mine that are not over: what was staged for them is mine to read and write.
create or replace function private.my_open_imports()
returns setof uuid
language sql stable
set search_path = ''
as $$
  select i.id
  from lab.imports i
  where i.created_by = (select private.me()) and i.status in ('staging', 'judged')
$$;
grant execute on function private.my_open_imports() to member;

-- The import, held until the transaction ends, so that two acts on it follow each other.
create or replace function private.demand_import(import_id uuid, statuses text[])
returns lab.imports
language plpgsql volatile
set search_path = ''
as $$
declare
  import lab.imports;
begin
  select i.* into import from lab.imports i where i.id = import_id;
  if not found or (import.created_by is distinct from private.me() and not '{committed}' @> statuses) then
    perform private.refuse('PL004', array['import', import_id::text]);
  end if;
  perform private.demand_import_role(import.project_id);
  select i.* into strict import from lab.imports i where i.id = import_id for update;
  if import.status <> all (statuses) then
    perform private.refuse('PL192', array[import.status], array[array_to_string(statuses, ' or ')]);
  end if;
  return import;
end $$;
grant execute on function private.demand_import(uuid, text[]) to member;

create or replace function private.demand_import_role(project uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not project = any (array(select private.my_projects())) then
    perform private.refuse('PL004', array['project', project::text]);
  elsif not project = any (array(select private.my_projects_as('{technician,analyst}'))) then
    perform private.refuse('PL003', array['technician or analyst']);
  end if;
end $$;
grant execute on function private.demand_import_role(uuid) to member;

-- Earlier imports of the same bytes, in words; only those that the asker may see.
create or replace function private.same_file(import lab.imports)
returns text[]
language sql stable
set search_path = ''
as $$
  select array_agg(format('"%s", %s UTC, by %s', i.file_name, to_char(i.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), coalesce(p.name, 'someone')) order by i.id)
  from lab.imports i
  left join lab.people p on p.lab_id = i.lab_id and p.id = i.created_by
  where i.lab_id = import.lab_id and i.file_sha256 = import.file_sha256 and i.kind = import.kind
    and i.project_id = import.project_id and i.status = 'committed' and i.id <> import.id
$$;
grant execute on function private.same_file(lab.imports) to member;
