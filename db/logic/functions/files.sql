-- owner: law
-- What the exposed functions of files and their verification by the worker stand on.

create or replace function private.object_key(file lab.files)
returns text
language sql immutable
set search_path = ''
as $$
  select file.lab_id || '/' || file.id
$$;

-- Signed, so the store itself refuses other bytes, another length, and a second write to the same key.
create or replace function private.upload_headers(file lab.files)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'content-length', file.size_bytes::text,
    'if-none-match', '*',
    'x-amz-checksum-sha256', encode(decode(file.sha256, 'hex'), 'base64'),
    'x-amz-sdk-checksum-algorithm', 'SHA256')
$$;

create or replace function private.demand_visible_file(file_id uuid)
returns lab.files
language plpgsql stable
set search_path = ''
as $$
declare
  file lab.files;
begin
  select f.* into file
  from lab.files f
  where f.id = file_id and private.may_see('files', f.id);
  if not found then
    perform private.refuse('PL004', array['file', file_id::text]);
  end if;
  return file;
end $$;

create or replace function private.demand_uploadable(name text, media_type text, size_bytes bigint, sha256 text)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  most_bytes constant bigint := 5368709120; -- what S3 takes in one PUT
begin
  if btrim(coalesce(name, '')) = '' or length(name) > 255 or name ~ '[[:cntrl:]]' then
    perform private.refuse('PL050', array['name', coalesce(name, '')], array['1 to 255 characters without control characters']);
  elsif coalesce(media_type, '') !~ '^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$' then
    perform private.refuse('PL050', array['media_type', coalesce(media_type, '')], array['type/subtype, for example text/csv']);
  elsif size_bytes is null or size_bytes not between 0 and most_bytes then
    perform private.refuse('PL050', array['size_bytes', coalesce(size_bytes::text, '')], array[format('0 to %s bytes', most_bytes)]);
  elsif coalesce(sha256, '') !~* '^[0-9a-f]{64}$' then
    perform private.refuse('PL050', array['sha256', coalesce(sha256, '')], array['the SHA-256 of the bytes as 64 hexadecimal digits']);
  end if;
end $$;

-- Where the worker reads a file that waits for its verdict, and what was promised about it; no row when none waits.
create or replace function private.begin_file_verification(file_id uuid)
returns table (url text, expected_sha256 text, expected_size bigint)
language sql stable security definer
set search_path = ''
as $$
  select private.sign_object_url('GET', private.object_key(f), 300), f.sha256, f.size_bytes
  from lab.files f
  where f.id = file_id and f.status = 'stored'
$$;
grant execute on function private.begin_file_verification(uuid) to worker;

-- The verdict. What the worker found is compared once more: a file is verified only if its bytes are those that were promised.
create or replace function private.finish_file_verification(file_id uuid, actual_sha256 text, actual_size bigint, ok boolean, problem text)
returns text
language sql volatile security definer
set search_path = ''
as $$
  update lab.files f
  set status = case when v.holds then 'verified' else 'rejected' end,
    problem = case when not v.holds then coalesce(finish_file_verification.problem, 'the bytes are not those that were promised') end
  from (
    select g.id, coalesce(ok and g.sha256 = actual_sha256 and g.size_bytes = actual_size, false) as holds
    from lab.files g
    where g.id = file_id) v
  where f.id = v.id and f.status = 'stored'
  returning f.status
$$;
grant execute on function private.finish_file_verification(uuid, text, bigint, boolean, text) to worker;
