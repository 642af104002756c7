-- The messages of an Arrow IPC stream (https://arrow.apache.org/docs/format/Columnar.html; Schema.fbs, Message.fbs).

-- header_type: 1 schema, 2 dictionary batch, 3 record batch. The body follows the message; version 4 means V5.
create or replace function arrow.message(header_type integer, header arrow.blob, body bytea default '')
returns bytea
language plpgsql immutable
set search_path = ''
as $$
declare
  message constant arrow.blob := arrow.flat_table(
    arrow.scalar(arrow.le2(4)), arrow.scalar(arrow.le2(header_type)), header, arrow.scalar(arrow.le8(length(body))));
begin
  return '\xffffffff'::bytea || arrow.le4(8 + length(message.bytes)) || arrow.pad8(arrow.le4(8 + message.start)) || message.bytes || body;
end $$;

create or replace function arrow.end_of_stream() returns bytea
language sql immutable parallel safe
return '\xffffffff00000000'::bytea;

create or replace function arrow.schema_message(fields arrow.blob[], metadata jsonb)
returns bytea
language sql immutable
set search_path = ''
as $$
  select arrow.message(1, arrow.flat_table(arrow.scalar(arrow.le2(0)), arrow.flat_vector(fields), arrow.key_values(metadata)))
$$;

create or replace function arrow.key_values(pairs jsonb)
returns arrow.blob
language sql immutable
set search_path = ''
as $$
  select arrow.flat_vector(coalesce(array_agg(arrow.flat_table(arrow.flat_string(p.key), arrow.flat_string(p.value)) order by p.key), '{}'))
  from jsonb_each_text(pairs) p
$$;

-- A column in the schema; dictionary_id is null for plain columns.
create or replace function arrow.field(name text, kind text, nullable boolean, dictionary_id bigint, metadata jsonb)
returns arrow.blob
language sql immutable
set search_path = ''
as $$
  select arrow.flat_table(
    arrow.flat_string(name),
    arrow.scalar(case when nullable then '\x01'::bytea else '\x00' end),
    arrow.scalar(t.code),
    t.description,
    case when dictionary_id is not null then
      arrow.flat_table(arrow.scalar(arrow.le8(dictionary_id)), (select i.description from arrow.type_of('int4') i), null)
    end,
    arrow.flat_vector('{}'),
    arrow.key_values(metadata))
  from arrow.type_of(kind) t
$$;

-- The Arrow type of a kind: its number in the union Type, and its table. Times are microseconds since 1970 in UTC.
create or replace function arrow.type_of(kind text)
returns table (code bytea, description arrow.blob)
language sql immutable
set search_path = ''
as $$
  select '\x02'::bytea, arrow.flat_table(arrow.scalar(arrow.le4(case kind when 'int2' then 16 when 'int4' then 32 else 64 end)), arrow.scalar('\x01')) where kind in ('int2', 'int4', 'int8')
  union all
  select '\x03', arrow.flat_table(arrow.scalar(arrow.le2(case kind when 'float4' then 1 else 2 end))) where kind in ('float4', 'float8')
  union all
  select '\x06', arrow.flat_table(variadic '{}') where kind = 'bool'
  union all
  select '\x08', arrow.flat_table(arrow.scalar(arrow.le2(0))) where kind = 'date'
  union all
  select '\x0a', arrow.flat_table(arrow.scalar(arrow.le2(2)), arrow.flat_string('UTC')) where kind = 'timestamptz'
  union all
  select '\x05', arrow.flat_table(variadic '{}') where kind in ('uuid', 'text', 'json', 'array')
$$;

-- `nodes` holds 16 bytes for each column (rows, nulls). The dictionary's batch is a record batch of one column.
create or replace function arrow.record_batch(row_count bigint, nodes bytea, buffers bytea[])
returns bytea
language sql immutable
set search_path = ''
as $$
  select arrow.message(3, arrow.batch_header(row_count, nodes, buffers), arrow.batch_body(buffers))
$$;

create or replace function arrow.dictionary_batch(dictionary_id bigint, words text[])
returns bytea
language sql immutable
set search_path = ''
as $$
  select arrow.message(2,
    arrow.flat_table(arrow.scalar(arrow.le8(dictionary_id)), arrow.batch_header(d.count, arrow.le8(d.count) || arrow.le8(0), d.buffers), null),
    arrow.batch_body(d.buffers))
  from (
    select count(*) as count,
      array[''::bytea, '\x00000000'::bytea || coalesce(string_agg(arrow.le4(w.reach::integer), ''::bytea order by w.place), ''),
        coalesce(string_agg(convert_to(w.word, 'UTF8'), ''::bytea order by w.place), '')] as buffers
    from (select word, place, sum(octet_length(word)) over (order by place) as reach from unnest(words) with ordinality u (word, place)) w) d
$$;

create or replace function arrow.batch_header(row_count bigint, nodes bytea, buffers bytea[])
returns arrow.blob
language sql immutable
set search_path = ''
as $$
  select arrow.flat_table(
    arrow.scalar(arrow.le8(row_count)),
    arrow.flat_structs(length(nodes) / 16, nodes),
    arrow.flat_structs(cardinality(buffers), (
      select string_agg(arrow.le8(b.reach - (b.length + 7) / 8 * 8) || arrow.le8(b.length), ''::bytea order by b.place)
      from (
        select length(buffer)::bigint as length, place, (sum((length(buffer) + 7) / 8 * 8) over (order by place))::bigint as reach
        from unnest(buffers) with ordinality u (buffer, place)) b)))
$$;

create or replace function arrow.batch_body(buffers bytea[])
returns bytea
language sql immutable
set search_path = ''
as $$
  select string_agg(arrow.pad8(buffer), ''::bytea order by place) from unnest(buffers) with ordinality u (buffer, place)
$$;

grant execute on all functions in schema arrow to member;
