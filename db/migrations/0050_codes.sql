-- Longer codes: nine random symbols instead of six (a million codes of six symbols collide), and a check that finds every single
-- wrong symbol: ISO 7064, hybrid system, modulus 31,30. Codes of the first kind stay as they are.

create function private.code_check_v2(body text)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  alphabet constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  carry int := 30;
begin
  for i in 1..length(body) loop
    carry := (carry + position(substr(body, i, 1) in alphabet) - 1) % 30;
    carry := (case carry when 0 then 30 else carry end * 2) % 31;
  end loop;
  return substr(alphabet, (31 - carry) % 30 + 1, 1);
end $$;
grant execute on function private.code_check_v2(text) to law, member;

create function private.new_code_v2(prefix text)
returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  alphabet constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  bytes constant bytea := uuid_send(gen_random_uuid());
  body text := '';
  i int;
begin
  foreach i in array array[0, 1, 2, 3, 4, 5, 9, 10, 11] loop   -- bytes 6 and 8 of a uuid are not all random
    body := body || substr(alphabet, get_byte(bytes, i) % 30 + 1, 1);
  end loop;
  return prefix || '-' || body || private.code_check_v2(body);
end $$;
grant execute on function private.new_code_v2(text) to law, member;

alter table lab.samples alter column code set default private.new_code_v2('S');
alter table lab.experiments alter column code set default private.new_code_v2('E');
alter table lab.plates alter column code set default private.new_code_v2('P');
alter table lab.analyses alter column code set default private.new_code_v2('A');
alter table lab.results alter column code set default private.new_code_v2('R');
alter table lab.sop_runs alter column code set default private.new_code_v2('W');
