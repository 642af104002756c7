-- owner: law
-- Which of these records something refers to that came after a mark (an id). Asked as law: that something depends is true for
-- everybody, whether or not one may see what it is.

create or replace function private.with_dependants(table_name name, ids uuid[], mark uuid)
returns setof uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  referring record;
begin
  for referring in
    select f.conrelid::regclass as relation, a.attname as column_name
    from pg_catalog.pg_constraint f
    join pg_catalog.pg_attribute key on key.attrelid = f.confrelid and key.attname = 'id'
    join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[array_position(f.confkey, key.attnum)]
    where f.contype = 'f' and f.confrelid = format('lab.%I', table_name)::regclass and f.conrelid <> f.confrelid
      and exists (select from private.governed_tables g where format('lab.%I', g.table_name)::regclass = f.conrelid)
  loop
    return query execute format('select distinct r.%I from %s r where r.%1$I = any ($1) and r.id > $2', referring.column_name, referring.relation)
      using ids, mark;
  end loop;
end $$;
grant execute on function private.with_dependants(name, uuid[], uuid) to member;
