-- Sentences about behaviour, one TAP line each. Loaded before every test file, in the transaction that is rolled back after it.
-- The names follow pgTAP's, which no package registry carries for this PostgreSQL.

create schema tap;
create temporary sequence tap_number;
grant usage on sequence tap_number to public;
grant usage on schema tap to public;

create function tap.ok(holds boolean, sentence text)
returns text
language sql
as $$
  select case when coalesce(holds, false) then 'ok ' else 'not ok ' end || nextval('pg_temp.tap_number') || ' - ' || sentence
$$;

create function tap.same(have anyelement, want anyelement, sentence text)
returns text
language sql
as $$
  select tap.ok(have is not distinct from want, sentence)
    || case when have is distinct from want then format(E'\n#   have: %s\n#   want: %s', have, want) else '' end
$$;

-- The code of the refusal (PL0xx), or the SQLSTATE, that a statement raises; null when it raises nothing. Its effects are undone.
create function tap.code_of(statement text)
returns text
language plpgsql
as $$
declare
  answer text;
begin
  begin
    execute statement;
    raise sqlstate 'TAP00';
  exception
    when sqlstate 'TAP00' then return null;
    when sqlstate 'PGRST' then return sqlerrm::json ->> 'code';
    when others then get stacked diagnostics answer = returned_sqlstate;
      return answer;
  end;
end $$;

create function tap.throws(statement text, code text, sentence text)
returns text
language sql
as $$
  select tap.same(tap.code_of(statement), code, sentence)
$$;

create function tap.lives(statement text, sentence text)
returns text
language plpgsql
as $$
begin
  execute statement;
  return tap.ok(true, sentence);
exception when others then
  return tap.ok(false, sentence) || E'\n#   ' || sqlerrm;
end $$;

-- How many rows a query returns, as whoever asks.
create function tap.count(query text)
returns bigint
language plpgsql
as $$
declare
  n bigint;
begin
  execute format('select count(*) from (%s) q', query) into n;
  return n;
end $$;

-- Become a person, nobody, or the migrator again. Only the migrator may change who asks, so step back first.
create function tap.as_person(login text, via text default 'browser')
returns void
language plpgsql
as $$
declare
  person uuid;
begin
  reset role;
  select id into strict person from lab.people p where p.login = as_person.login;
  perform set_config('request.jwt.claims', json_build_object('sub', person, 'role', 'member', 'aud', 'petri', 'via', via)::text, true);
  set local role member;
end $$;

create function tap.as_anonymous()
returns void
language plpgsql
as $$
begin
  reset role;
  perform set_config('request.jwt.claims', '', true);
  set local role anon;
end $$;

create function tap.as_migrator()
returns void
language plpgsql
as $$
begin
  reset role;
  perform set_config('request.jwt.claims', '', true);
end $$;
grant execute on all functions in schema tap to public;
