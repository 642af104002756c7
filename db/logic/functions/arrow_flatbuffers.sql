-- A small flatbuffer writer (https://flatbuffers.dev/internals): strings, vectors and tables as blobs that can be appended to each other.

create or replace function arrow.scalar(bytes bytea) returns arrow.blob
language sql immutable parallel safe
return row(null, bytes)::arrow.blob;

create or replace function arrow.flat_string(plain text) returns arrow.blob
language sql immutable parallel safe
return row(0, arrow.pad8(arrow.le4(octet_length(plain)) || convert_to(plain, 'UTF8') || '\x00'))::arrow.blob;

-- A vector of structs; the four bytes in front align its elements to 8.
create or replace function arrow.flat_structs(count integer, bytes bytea) returns arrow.blob
language sql immutable parallel safe
return row(4, '\x00000000'::bytea || arrow.le4(count) || bytes)::arrow.blob;

-- A vector of tables or strings: their offsets, then they themselves.
create or replace function arrow.flat_vector(items arrow.blob[])
returns arrow.blob
language plpgsql immutable
set search_path = ''
as $$
declare
  count constant integer := cardinality(items);
  head_length constant integer := 8 + (4 * count + 7) / 8 * 8;
  offsets bytea := '';
  tail bytea := '';
  item arrow.blob;
begin
  foreach item in array items loop
    offsets := offsets || arrow.le4(head_length + length(tail) + item.start - 8 - length(offsets));
    tail := tail || item.bytes;
  end loop;
  return row(4, '\x00000000'::bytea || arrow.le4(count) || arrow.pad8(offsets) || tail)::arrow.blob;
end $$;

-- A table: its vtable, its slots of 8 bytes each, then what the slots point at. A null slot is absent.
create or replace function arrow.flat_table(variadic slots arrow.blob[])
returns arrow.blob
language plpgsql immutable
set search_path = ''
as $$
declare
  count constant integer := cardinality(slots);
  object_length constant integer := 8 + 8 * count;
  vtable bytea := arrow.le2(4 + 2 * count) || arrow.le2(object_length);
  object bytea := '';
  tail bytea := '';
begin
  for i in 1..count loop
    vtable := vtable || arrow.le2(case when slots[i].bytes is null then 0 else 8 * i end);
    if slots[i].start is null then
      object := object || coalesce(arrow.pad8(slots[i].bytes), '\x0000000000000000');
    else
      object := object || arrow.pad8(arrow.le4(object_length + length(tail) + slots[i].start - 8 * i));
      tail := tail || slots[i].bytes;
    end if;
  end loop;
  vtable := arrow.pad8(vtable);
  return row(length(vtable), vtable || arrow.pad8(arrow.le4(length(vtable))) || object || tail)::arrow.blob;
end $$;

grant execute on all functions in schema arrow to member;
