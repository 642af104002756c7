-- owner: law
-- One order of all changes. Ids and clocks do not follow commit order, so an event gets its position only once no transaction
-- that could still write an earlier one is running: below pg_snapshot_xmin. Called by the worker, one at a time.

create or replace function private.assign_positions()
returns bigint
language plpgsql security definer
set search_path = ''
as $$
declare
  ripe_below constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  state audit.sequencer;
  assigned bigint;
begin
  select * into strict state from audit.sequencer for update;
  with placed as (
    insert into audit.positions (position, event_id)
    select state.last_position + row_number() over (order by e.xid, e.id), e.id
    from audit.events e
    where e.xid >= state.settled_below and e.xid < ripe_below
    returning position
  )
  select count(*) into assigned from placed;
  update audit.sequencer set last_position = state.last_position + assigned, settled_below = ripe_below
  where ripe_below > state.settled_below;
  if assigned > 0 then
    perform pg_notify('petri_events', json_build_object('from', state.last_position + 1, 'to', state.last_position + assigned)::text);
  end if;
  return assigned;
end $$;
grant execute on function private.assign_positions() to worker;

-- The jobs that committed transactions asked for; taken by the worker in the transaction that queues them.
create or replace function private.take_job_requests(most integer)
returns table (task text, payload jsonb)
language sql volatile security definer
set search_path = ''
as $$
  delete from private.job_requests
  where id in (select id from private.job_requests order by id limit most for update skip locked)
  returning task, payload
$$;
grant execute on function private.take_job_requests(integer) to worker;

create or replace function private.current_position()
returns bigint
language sql stable security definer
set search_path = ''
as $$
  select last_position from audit.sequencer
$$;
grant execute on function private.current_position() to member, worker;
