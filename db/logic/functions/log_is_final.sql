-- The log and the past only grow.

create or replace function private.refuse_rewriting()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception '% is never changed: its rows tell what happened', tg_table_schema || '.' || tg_table_name
    using errcode = 'insufficient_privilege', hint = 'Correct the record itself; the correction becomes a new version.';
end $$;
grant execute on function private.refuse_rewriting() to law, migrator, worker;
