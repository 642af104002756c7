-- Rows as Arrow IPC streams: the catalogue of columns that the page builder reads, and the media type that PostgREST answers with.

create schema arrow;
comment on schema arrow is 'Writes rows as Arrow IPC streams. Not reachable over HTTP.';
grant usage on schema arrow to member;

create domain api_v1."application/vnd.apache.arrow.stream" as bytea;
comment on domain api_v1."application/vnd.apache.arrow.stream" is 'An Arrow IPC stream.';
grant usage on type api_v1."application/vnd.apache.arrow.stream" to member;

-- A piece of a flatbuffer. `start` is where in the bytes the object begins; null for a scalar, whose bytes are the value.
-- The bytes are a multiple of 8 long and mean the same at any address, so pieces are joined by appending.
create type arrow.blob as (start integer, bytes bytea);

-- One row per exposed column; derived from the views, the tables beneath them and their comments at each rebuild.
create table arrow.columns (
  relation text,
  name text,
  ordinal integer not null,
  pg_type text not null,
  kind text not null,
  nullable boolean not null,
  dictionary text,
  field arrow.blob not null,
  primary key (relation, name),
  constraint kind_is_known check (kind in ('int2', 'int4', 'int8', 'float4', 'float8', 'bool', 'date', 'timestamptz', 'uuid', 'text', 'json', 'array'))
);
comment on table arrow.columns is 'How each exposed column is written as Arrow.';
comment on column arrow.columns.kind is 'Which Arrow type it becomes.';
comment on column arrow.columns.dictionary is 'Written as codes of a dictionary: the vocabulary table it comes from, or "page" for the values at hand.';
comment on column arrow.columns.field is 'Its Field in the schema message, ready to be appended.';
grant select on arrow.columns to member;

-- Where uuids begin when they are written as text, 36 bytes each: the same for every page, so only cut to length.
create table arrow.uuid_offsets (
  only_row boolean primary key default true check (only_row),
  bytes bytea not null
);
alter table arrow.uuid_offsets alter bytes set storage external;
insert into arrow.uuid_offsets (bytes)
select string_agg(reverse(int4send(36 * n)), ''::bytea order by n) from generate_series(0, 100000) n;
grant select on arrow.uuid_offsets to member;
