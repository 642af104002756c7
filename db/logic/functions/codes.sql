-- owner: law
-- Codes as they are typed and scanned.

-- Whether a code of ours checks; null for what does not look like one.
create or replace function private.is_code(code text)
returns boolean
language sql immutable
set search_path = ''
as $$
  select case length(parts[1])
    when 9 then private.code_check_v2(parts[1]) = parts[2]
    when 6 then substr(symbols, ((
        select sum((position(substr(parts[1], i, 1) in symbols) - 1) * i) from generate_series(1, 6) i) % 30)::integer + 1, 1) = parts[2]
  end
  from (values ('23456789ABCDEFGHJKMNPQRSTVWXYZ')) a (symbols),
    regexp_match(code, '^[A-Z]-([2-9A-HJKMNP-TV-Z]{6}|[2-9A-HJKMNP-TV-Z]{9})([2-9A-HJKMNP-TV-Z])$') parts
$$;
grant execute on function private.is_code(text) to member;

-- Whether a lab of whoever asks knows this code for a material or plate, seen or not. It tells nothing else.
create or replace function private.is_known_code(code text)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (select from lab.samples s where s.lab_id = any (array(select private.my_labs())) and s.code = upper(btrim(is_known_code.code)))
    or exists (select from lab.plates p where p.lab_id = any (array(select private.my_labs())) and p.code = upper(btrim(is_known_code.code)))
    or exists (select from lab.foreign_codes f where f.lab_id = any (array(select private.my_labs())) and f.code = btrim(is_known_code.code))
$$;
grant execute on function private.is_known_code(text) to member;
