-- The roles Petri uses. Run once by the cluster's bootstrap superuser; none of these is a superuser, and none bypasses row security.
-- Passwords of the login roles are set by whoever runs the stack.

create role migrator login nosuperuser nocreatedb nocreaterole nobypassrls;         -- owns tables, views and plain functions
create role law nologin nosuperuser nobypassrls;                                    -- owns definer functions; has policies of its own
create role anon nologin nosuperuser nobypassrls;                                   -- nobody: may ask for nothing
create role member nologin nosuperuser nobypassrls;                                 -- a signed-in person; which one stands in the claims
create role authenticator login noinherit nosuperuser nobypassrls;                  -- PostgREST and the gateway; becomes anon or member
create role worker login nosuperuser nobypassrls;                                   -- jobs and the sequencer

grant anon, member to authenticator;
grant law, member, anon, worker, authenticator to migrator with inherit false, set true;  -- to hand functions to law, and to test as people do

grant create, connect on database petri to migrator;
grant create, connect on database petri to worker;                                  -- graphile-worker keeps its own schema
grant connect on database petri to authenticator;
revoke all on schema public from public;

alter role authenticator set statement_timeout = '30s';
alter role authenticator set idle_in_transaction_session_timeout = '30s';
