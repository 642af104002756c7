-- Five schemas (lab holds state, history its past, audit remembers, private helps, api_v1 exposes), and what every governed row carries.

create schema lab;
create schema history;
create schema audit;
create schema private;
create schema api_v1;
create schema extensions;

comment on schema lab is 'State: one governed table per noun of the laboratory.';
comment on schema history is 'The past: every version of every governed row, written by triggers.';
comment on schema audit is 'Who did what, when and why, in one order.';
comment on schema private is 'Helpers, definer functions and secrets. Not reachable over HTTP.';
comment on schema api_v1 is 'Petri: samples, experiments, measurements, results, files and SOP runs of your lab.';

create extension pgcrypto schema extensions;
create extension pg_trgm schema extensions;

alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;
set local role law;
alter default privileges revoke execute on functions from public;
reset role;

grant usage on schema lab, history, audit, private, api_v1 to law, member, worker;
grant usage on schema private, api_v1 to anon, authenticator;
grant usage on schema extensions to law;
grant create on schema private, api_v1 to law;

-- Leaned on by column defaults, hence data: succeeded under a new name, never replaced.
create function private.claimed_person_v1()
returns uuid
language sql stable
set search_path = ''
return (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid;
grant execute on function private.claimed_person_v1() to law, member, worker;

-- The template: `create table lab.x (like private.governed including all, …)`.
create table private.governed (
  lab_id uuid not null,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid default private.claimed_person_v1(),
  updated_at timestamptz not null default now(),
  updated_by uuid default private.claimed_person_v1(),
  primary key (lab_id, id),
  unique (id)
);
comment on column private.governed.lab_id is 'The lab this belongs to.';
comment on column private.governed.id is 'Identifier; sorts by creation.';
comment on column private.governed.version is 'Counts the edits of this row. Send back the version you saw when you edit.';
comment on column private.governed.created_at is 'When it was registered.';
comment on column private.governed.created_by is 'The person who registered it.';
comment on column private.governed.updated_at is 'When it was last changed.';
comment on column private.governed.updated_by is 'The person who last changed it.';

-- One line per governed table: row security, grants, versions, history, audit and their tests follow from it (logic/governance).
create table private.governed_tables (
  table_name name primary key,
  scope text not null,
  insert_roles text[] not null,
  update_roles text[] not null,
  fixed_columns text[] not null,
  merge_groups text[] not null,
  constraint scope_is_known check (scope in ('lab', 'project'))
);

create table private.applied_migrations (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
create table private.applied_logic (
  path text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);

-- The one log. Its rows are written by triggers and never change; order is given later, in audit.positions.
create table audit.events (
  id bigint generated always as identity primary key,
  lab_id uuid not null,
  table_name name not null,
  act text not null,
  row_count bigint not null,
  person_id uuid default private.claimed_person_v1(),
  at timestamptz not null default clock_timestamp(),
  via text default nullif(current_setting('request.jwt.claims', true), '')::json ->> 'via',
  reason text default nullif(current_setting('petri.reason', true), ''),
  request_id text default nullif(current_setting('petri.request_id', true), ''),
  xid xid8 not null default pg_current_xact_id(),
  constraint act_is_known check (act in ('insert', 'update', 'delete'))
);

create index events_xid_idx on audit.events (xid);

-- The one order: given by the sequencer to events whose transaction can no longer be overtaken.
create table audit.positions (
  position bigint primary key,
  event_id bigint not null unique references audit.events
);
create table audit.sequencer (
  only_row boolean primary key default true check (only_row),
  last_position bigint not null default 0,
  settled_below xid8 not null default '0'   -- every event of a transaction below this has its position
);
insert into audit.sequencer default values;

-- Work that a transaction asks for; the worker takes it in one transaction, so nothing is asked twice or lost.
create table private.job_requests (
  id bigint generated always as identity primary key,
  task text not null,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
