-- PostgREST calls this before each request. The policies decide; this only words the refusal and takes the request's reason along.

create or replace function private.check_request()
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  headers constant json := nullif(current_setting('request.headers', true), '')::json;
begin
  if current_user = 'anon' then
    perform private.refuse('PL001');
  end if;
  if private.me() is null then
    perform private.refuse('PL002');
  end if;
  perform set_config('petri.reason', coalesce(headers ->> 'x-petri-reason', ''), true);
  perform set_config('petri.request_id', coalesce(headers ->> 'x-request-id', ''), true);
end $$;
grant execute on function private.check_request() to anon, member;
