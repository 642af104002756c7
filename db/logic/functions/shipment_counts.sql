-- owner: law
-- How a shipment stands against its list; one look at an index for each row that is shown.

create or replace function private.count_items(shipment uuid)
returns table (listed_count bigint, awaited_count bigint, received_count bigint, missing_count bigint, unexpected_count bigint)
language sql stable rows 1
set search_path = ''
as $$
  select count(*) filter (where i.expected), count(*) filter (where i.outcome = 'awaited'),
    count(*) filter (where i.outcome = 'received' and i.expected), count(*) filter (where i.outcome = 'missing'),
    count(*) filter (where not i.expected)
  from lab.shipment_items i
  where i.shipment_id = shipment
$$;
grant execute on function private.count_items(uuid) to member, migrator;
