-- Two people may edit one record at once: an edit names the version it saw; fields that nobody else touched since are taken,
-- a field that both changed is a conflict with base, yours and theirs. Constraints judge the merged row.

-- `before update of version`: the edit names a version.
create or replace function private.merge_edit()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  seen constant integer := new.version;
  theirs jsonb;
  yours jsonb;
  base jsonb;
  keep jsonb := '{}';
  conflicts jsonb := '{}';
  field text[];
begin
  if seen > old.version or seen < 1 then
    perform private.refuse('PL007', array[seen::text], array[old.version::text]);
  end if;
  if seen < old.version then
    execute format('select to_jsonb(h) from history.%I h where h.id = $1 and h.version = $2', tg_table_name)
      into base using old.id, seen;
    theirs := private.open_documents(tg_table_name, to_jsonb(old));
    yours := private.open_documents(tg_table_name, to_jsonb(new));
    base := private.open_documents(tg_table_name, base);
    for field in select private.merge_fields(tg_table_name, theirs || yours || base) loop
      continue when private.pick(theirs, field) = private.pick(base, field);     -- nobody else changed it
      continue when private.pick(yours, field) = private.pick(theirs, field);    -- both want the same
      if private.pick(yours, field) = private.pick(base, field) then
        keep := keep || private.pick(theirs, field);                             -- sent back as it was seen: not an edit
      else
        conflicts := conflicts || jsonb_build_object(array_to_string(field, ','), jsonb_build_object(
          'base', private.pick(base, field), 'yours', private.pick(yours, field), 'theirs', private.pick(theirs, field)));
      end if;
    end loop;
    if conflicts <> '{}' then
      perform private.refuse('PL005',
        array[(select string_agg(k, ', ') from jsonb_object_keys(conflicts) k)], array[old.version::text],
        jsonb_build_object('id', old.id, 'seen', seen, 'now', old.version, 'fields', conflicts,
          'changed_by', old.updated_by, 'changed_at', old.updated_at));
    end if;
    new := jsonb_populate_record(new, private.close_documents(tg_table_name, to_jsonb(new), keep));
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  new.updated_by := private.claimed_person_v1();
  return new;
end $$;
grant execute on function private.merge_edit() to member, law, migrator;

-- The fields of a row, one array each; columns of one merge group stand together.
create or replace function private.merge_fields(table_name name, record jsonb)
returns setof text[]
language sql stable
set search_path = ''
as $$
  with groups as (
    select string_to_array(g, ',') as columns
    from private.governed_tables t, unnest(t.merge_groups) g
    where t.table_name = merge_fields.table_name and g not like '%.*'
  )
  select columns from groups
  union all
  select array[k]
  from jsonb_object_keys(record) k
  where k not in ('version', 'updated_at', 'updated_by')
    and not exists (select from groups where k = any (columns))
$$;
grant execute on function private.merge_fields(name, jsonb) to member, law, migrator;

create or replace function private.pick(record jsonb, field text[])
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_object_agg(k, record -> k) from unnest(field) k
$$;
grant execute on function private.pick(jsonb, text[]) to member, law, migrator;

-- `before update when (new.version = old.version)`: a person must say which version was seen; our own functions hold the row.
create or replace function private.demand_version()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if current_user = 'member' then
    perform private.refuse('PL006', hint_args => array[old.version::text]);
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  new.updated_by := private.claimed_person_v1();
  return new;
end $$;
grant execute on function private.demand_version() to member, law, migrator;

-- Columns whose keys each count as one field, written "fields.*" in the catalog.
create or replace function private.document_columns(table_name name)
returns text[]
language sql stable
set search_path = ''
as $$
  select array(select rtrim(g, '.*') from private.governed_tables t, unnest(t.merge_groups) g
    where t.table_name = document_columns.table_name and g like '%.*')
$$;
grant execute on function private.document_columns(name) to member, law, migrator;

-- {"fields": {"a": 1}} as {"fields.a": 1}.
create or replace function private.open_documents(table_name name, record jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select record - private.document_columns(table_name) || coalesce(
    (select jsonb_object_agg(c || '.' || f.key, f.value)
     from unnest(private.document_columns(table_name)) c, jsonb_each(coalesce(nullif(record -> c, 'null'), '{}')) f), '{}')
$$;
grant execute on function private.open_documents(name, jsonb) to member, law, migrator;

-- The reverse, for the kept fields of a record: those with a dot are set in the record's document, or removed where null.
create or replace function private.close_documents(table_name name, record jsonb, kept jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce((select jsonb_object_agg(k.key, k.value) from jsonb_each(kept) k
      where not exists (select from unnest(private.document_columns(table_name)) c where k.key ^@ (c || '.'))), '{}')
    || coalesce((
      select jsonb_object_agg(c, (
        select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value <> 'null'), '{}')
        from jsonb_each((record -> c) || coalesce(
          (select jsonb_object_agg(substr(k.key, length(c) + 2), k.value) from jsonb_each(kept) k where k.key ^@ (c || '.')), '{}')) f))
      from unnest(private.document_columns(table_name)) c), '{}')
$$;
grant execute on function private.close_documents(name, jsonb, jsonb) to member, law, migrator;
