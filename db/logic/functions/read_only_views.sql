-- A view that joins cannot be written, and PostgreSQL says so before it asks whether one may: as our own mistake (500). With a trigger
-- in its place the right is asked first, and who has none gets the same 403 as at any other view.

create or replace function private.refuse_view_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.refuse('PL165', array[tg_table_name]);
  return null;
end $$;
grant execute on function private.refuse_view_write() to migrator;

-- Run after each rebuild; does nothing where nothing is missing.
create or replace function private.keep_views_read_only()
returns void
language plpgsql
set search_path = ''
as $$
declare
  view_name text;
begin
  for view_name in
    select format('%I.%I', n.nspname, c.relname)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname ~ '^api_v' and c.relkind = 'v' and pg_catalog.pg_relation_is_updatable(c.oid, true) & 28 <> 28
  loop
    execute format('create or replace trigger rows_are_read_only instead of insert or update or delete on %s
      for each row execute function private.refuse_view_write()', view_name);
  end loop;
end $$;
