-- owner: law
-- How a request stands. Functions in the view's list, not a join: so that it can still be edited, and counts only what is asked for.

create or replace function private.count_tests(request uuid, statuses text[])
returns bigint
language sql stable
set search_path = ''
as $$
  select count(*) from lab.tests t where t.request_id = request and t.status = any (statuses)
$$;
grant execute on function private.count_tests(uuid, text[]) to member, migrator;

-- [h]
create or replace function private.hours_between(start timestamptz, stop timestamptz)
returns float8
language sql immutable
set search_path = ''
as $$
  select extract(epoch from stop - start)::float8 / 3600
$$;
grant execute on function private.hours_between(timestamptz, timestamptz) to member, migrator;
