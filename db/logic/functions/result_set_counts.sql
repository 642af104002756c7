-- owner: law
create or replace function private.count_results(result_set uuid)
returns bigint
language sql stable
set search_path = ''
as $$
  select count(*) from lab.result_set_items i where i.result_set_id = result_set
$$;
grant execute on function private.count_results(uuid) to member, migrator;
