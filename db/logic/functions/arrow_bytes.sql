-- Little-endian bytes. Bodies that begin with `return` are bound when they are made: no search path can mislead them, and they are inlined.

create or replace function arrow.le2(n integer) returns bytea
language sql immutable parallel safe
return reverse(int2send(n::smallint));

create or replace function arrow.le4(n integer) returns bytea
language sql immutable parallel safe
return reverse(int4send(n));

create or replace function arrow.le8(n bigint) returns bytea
language sql immutable parallel safe
return reverse(int8send(n));

create or replace function arrow.pad8(bytes bytea) returns bytea
language sql immutable parallel safe
return bytes || substr('\x00000000000000'::bytea, 1, (8 - length(bytes) % 8) % 8);

-- '1011' → the bitmap whose lowest bit is the first character.
create or replace function arrow.bitmap(bits text) returns bytea
language sql immutable parallel safe
return reverse(substr(varbit_send(lpad(reverse(bits), (length(bits) + 7) / 8 * 8, '0')::varbit), 5));

grant execute on all functions in schema arrow to member;
