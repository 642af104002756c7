-- owner: law
-- The text of a released set names all its results, so it is for those who may see them all.
create or replace function private.sees_whole_set(result_set uuid)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select array(select i.result_id from lab.result_set_items i where i.result_set_id = result_set)
    <@ array(select private.visible_records('results', array(select i.result_id from lab.result_set_items i where i.result_set_id = result_set)))
$$;
grant execute on function private.sees_whole_set(uuid) to member, migrator;
