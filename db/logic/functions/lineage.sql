-- owner: law
-- Nothing is made from itself, at any depth, whoever writes at the same time.

-- `after insert on lab.sample_origins`. Ids sort by creation, so links from older to younger alone never close a ring: as long as a lab has no
-- link against time, its links are taken without looking further, side by side. Everything else holds the lab's links for itself and walks.
create or replace function private.keep_acyclic()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  lab uuid;
  ring text;
begin
  for lab in select distinct n.lab_id from new_rows n order by 1 loop
    perform pg_advisory_xact_lock_shared(hashtextextended('lineage ' || lab, 0));
    if exists (select from new_rows n where n.lab_id = lab and n.parent_id > n.sample_id)
      or exists (select from lab.sample_origins o where o.lab_id = lab and o.parent_id > o.sample_id)
        and exists (select from new_rows n join lab.sample_origins o on o.parent_id = n.sample_id where n.lab_id = lab)
    then
      perform pg_advisory_xact_lock(hashtextextended('lineage ' || lab, 0));
      with recursive above as (
        select n.sample_id as made, n.parent_id as id from new_rows n where n.lab_id = lab
        union
        select a.made, o.parent_id from above a join lab.sample_origins o on o.sample_id = a.id
      )
      select s.code into ring from above a join lab.samples s on s.id = a.made where a.id = a.made limit 1;
      if found then
        perform private.refuse('PL146', array[ring]);
      end if;
    end if;
  end loop;
  return null;
end $$;
grant execute on function private.keep_acyclic() to migrator;
