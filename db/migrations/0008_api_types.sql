-- Row shapes of exposed functions.

create type api_v1.found_record as (
  kind text,
  id uuid,
  code text,
  name text,
  detail text,
  status text,
  project text,
  created_at timestamptz
);
comment on type api_v1.found_record is 'A record in a list: what it is, what it is called, and where it stands.';
grant usage on type api_v1.found_record to member;
