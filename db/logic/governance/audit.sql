-- The log: members read it through api_v1.changes, where each history row stands under its own policy. Nobody changes it.

alter table audit.events enable row level security, force row level security;
alter table audit.positions enable row level security, force row level security;
alter table audit.sequencer enable row level security, force row level security;

select private.govern_policy('audit', t, 'all_law', 'to law, migrator using (true) with check (true)')
from unnest('{events,positions,sequencer}'::text[]) t;
select private.govern_policy('audit', 'events', 'select_members', 'for select to member using (lab_id = any (array(select private.my_labs())))');
select private.govern_policy('audit', 'positions', 'select_members', 'for select to member using (true)');

grant usage on schema audit to law;
grant select, insert on audit.events, audit.positions to law;
grant select, update on audit.sequencer to law;
grant select on audit.events, audit.positions to member;
-- no update, no delete

create or replace trigger log_is_final before update or delete or truncate on audit.events
  for each statement execute function private.refuse_rewriting();
create or replace trigger log_is_final before update or delete or truncate on audit.positions
  for each statement execute function private.refuse_rewriting();

grant select on private.governed_tables to law, member;
grant select, insert, update, delete on private.job_requests to law; -- update: to lock what it takes
grant select, insert, update, delete on private.object_store to law;
grant select, insert, update on private.signature_challenges to law;
