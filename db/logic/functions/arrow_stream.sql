-- Rows in, one Arrow IPC stream out. Everything runs as whoever asks: row policies decide what is in it.

-- `rows` is what $1 in the source stands for.
create or replace function arrow.write_stream(columns arrow.columns[], source text, rows anyarray)
returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  row_count bigint;
  nodes bytea;
  buffers bytea[];
  dictionaries jsonb;
  stream bytea;
begin
  begin
    execute arrow.plan_page(columns, source) into row_count, nodes, buffers, dictionaries using rows;
  exception when sqlstate 'PLARW' then -- a word outside the vocabulary that this person sees
    execute arrow.plan_page(arrow.with_dictionaries_of_page(columns), source) into row_count, nodes, buffers, dictionaries using rows;
  end;
  stream := arrow.schema_message(array(select (e.c).field from arrow.each(columns) e order by e.place),
    jsonb_build_object('relation', columns[1].relation, 'position', arrow.announce_position()));
  if row_count > 0 then
    stream := stream || arrow.dictionary_batches(columns, dictionaries) || arrow.record_batch(row_count, nodes, buffers);
  end if;
  return stream || arrow.end_of_stream();
end $$;

create or replace function arrow.dictionary_batches(columns arrow.columns[], dictionaries jsonb)
returns bytea
language sql immutable
set search_path = ''
as $$
  select coalesce(string_agg(arrow.dictionary_batch(d.id, array(select jsonb_array_elements_text(dictionaries -> d.nth))), ''::bytea order by d.nth), '')
  from (
    select (e.c).ordinal as id, (row_number() over (order by e.place) - 1)::integer as nth
    from arrow.each(columns) e
    where (e.c).dictionary is not null) d
$$;

create or replace function arrow.with_dictionaries_of_page(columns arrow.columns[])
returns arrow.columns[]
language sql immutable
set search_path = ''
as $$
  select array_agg(
    case when (e.c).dictionary is null then e.c else jsonb_populate_record(e.c, '{"dictionary": "page"}') end
    order by e.place)
  from arrow.each(columns) e
$$;

create or replace function arrow.meet_unknown_word()
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  raise sqlstate 'PLARW';
end $$;

create or replace function arrow.refuse_infinite(column_name text)
returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.refuse('PL056', array[column_name]);
  return null;
end $$;

-- Up to where the log is contained in this answer: in the stream's metadata, and as a header of the response.
create or replace function arrow.announce_position()
returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  position constant bigint := private.current_position();
begin
  perform set_config('response.headers', jsonb_build_array(jsonb_build_object('X-Petri-Position', position::text))::text, true);
  return position;
end $$;

-- The final step of each view's handler: PostgREST chose, filtered and ordered the rows, a header may name the columns.
-- PostgREST cuts at db-max-rows without a word, so an answer that long is refused.
create or replace function arrow.write_rows(rows anyarray)
returns api_v1."application/vnd.apache.arrow.stream"
language plpgsql stable
set search_path = ''
as $$
declare
  most constant integer := arrow.most_rows();
  relation constant text := (
    select v.relname from pg_catalog.pg_type a join pg_catalog.pg_class v on v.reltype = a.typelem where a.oid = pg_typeof(rows));
  columns constant arrow.columns[] := arrow.find_columns(relation, arrow.columns_of_header());
begin
  if cardinality(rows) >= most then
    perform private.refuse('PL022', array[most::text], array['25000']);
  end if;
  return arrow.write_stream(columns, format('select %s from unnest($1)', arrow.plan_source(columns)), rows);
end $$;

-- The same as PostgREST's db-max-rows.
create or replace function arrow.most_rows() returns integer
language sql immutable parallel safe
return 100000;

grant execute on all functions in schema arrow to member;
