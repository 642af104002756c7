-- The feed of changes. Only the histories that the events name are asked, each under its own policy, so a page costs what it
-- tells, however large the log. An event of very many rows tells the kind of record only: read the list again.

create or replace function api_v1.read_changes(since bigint, most integer default 500)
returns table ("position" bigint, at timestamptz, person_id uuid, table_name text, record_id uuid, version integer, act text)
language plpgsql stable
set search_path = ''
as $$
declare
  bulk constant integer := 100;
  told integer := 0;
  event record;
  n bigint;
begin
  if most not between 1 and 1000 then
    perform private.refuse('PL022', '{1000}', '{1000}');
  end if;
  for event in
    select p.position, e.id, e.at, e.person_id, e.table_name::text as table_name, e.act, e.row_count > bulk as is_bulk
    from audit.positions p
    join audit.events e on e.id = p.event_id
    where p.position > since
    order by p.position
  loop
    exit when told >= most;
    return query execute format(
      'select $1, $2, $3, $4, %s, $5 from history.%I h where h.event_id = $6 limit %s',
      case when event.is_bulk then 'null::uuid, null::integer' else 'h.id, h.version' end,
      event.table_name, case when event.is_bulk then 1 else bulk end)
      using event.position, event.at, event.person_id, event.table_name, event.act, event.id;
    get diagnostics n = row_count;
    told := told + n;
  end loop;
end $$;
comment on function api_v1.read_changes(bigint, integer) is
  'What changed after a position, in order: whole events, at least `most` rows if there are as many. A change of more than 100 rows at once has no record_id: read its list again.';
grant execute on function api_v1.read_changes(bigint, integer) to member;
