-- owner: law
-- The object store's key, and URLs signed with it (AWS Signature Version 4 in the query string). Only the database signs:
-- whoever gets a URL has passed the same policies as for a row, and no other process needs the key.

create or replace function private.configure_object_store(endpoint text, region text, bucket text, access_key text, secret_key text)
returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if coalesce(endpoint, '') !~ '^https?://[^/?#@]+/?$' then
    perform private.refuse('PL008', array[format('"%s" is not the address of an object store.', endpoint)], array['Expected http(s)://host:port.']);
  end if;
  insert into private.object_store (endpoint, region, bucket, access_key, secret_key)
  values (private.without_default_port(rtrim(configure_object_store.endpoint, '/')), region, bucket, access_key, secret_key)
  on conflict (only_row) do update set endpoint = excluded.endpoint, region = excluded.region, bucket = excluded.bucket,
    access_key = excluded.access_key, secret_key = excluded.secret_key;
end $$;
grant execute on function private.configure_object_store(text, text, text, text, text) to migrator;

-- The host is signed, and clients leave the default port out of it.
create or replace function private.without_default_port(endpoint text)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when endpoint ~ '^http://.*:80$' then left(endpoint, -3)
    when endpoint ~ '^https://.*:443$' then left(endpoint, -4)
    else endpoint
  end
$$;

-- A URL that allows one method on one object. `headers` are signed: the request must carry exactly these.
create or replace function private.sign_object_url(method text, key text, expires_seconds integer, headers jsonb default '{}')
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  store private.object_store;
begin
  select * into store from private.object_store;
  if not found then
    perform private.refuse('PL024');
  end if;
  return private.presign_url(store, method, '/' || store.bucket || '/' || key, headers, expires_seconds, clock_timestamp());
end $$;

create or replace function private.presign_url(
  store private.object_store, method text, path text, headers jsonb, expires_seconds integer, at timestamptz)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  stamp constant text := to_char(at at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"');
  scope constant text := concat_ws('/', left(stamp, 8), store.region, 's3', 'aws4_request');
  signed constant jsonb := headers || jsonb_build_object('host', regexp_replace(store.endpoint, '^https?://', ''));
  names constant text := (select string_agg(h.key, ';' order by h.key collate "C") from jsonb_each_text(signed) h);
  lines constant text := (select string_agg(h.key || ':' || h.value || E'\n', '' order by h.key collate "C") from jsonb_each_text(signed) h);
  resource constant text := private.percent_encode(path, '/');
  query constant text := 'X-Amz-Algorithm=AWS4-HMAC-SHA256'
    || '&X-Amz-Credential=' || private.percent_encode(store.access_key || '/' || scope)
    || '&X-Amz-Date=' || stamp
    || '&X-Amz-Expires=' || expires_seconds
    || '&X-Amz-SignedHeaders=' || private.percent_encode(names);
  request constant text := concat_ws(E'\n', method, resource, query, lines, names, 'UNSIGNED-PAYLOAD');
  claim constant text := concat_ws(E'\n', 'AWS4-HMAC-SHA256', stamp, scope, encode(sha256(convert_to(request, 'UTF8')), 'hex'));
begin
  return store.endpoint || resource || '?' || query
    || '&X-Amz-Signature=' || encode(private.hmac_sha256(claim, private.signing_key(store, left(stamp, 8))), 'hex');
end $$;

create or replace function private.signing_key(store private.object_store, day text)
returns bytea
language sql immutable
set search_path = ''
as $$
  select private.hmac_sha256('aws4_request', private.hmac_sha256('s3', private.hmac_sha256(store.region,
    private.hmac_sha256(day, convert_to('AWS4' || store.secret_key, 'UTF8')))))
$$;

create or replace function private.hmac_sha256(message text, key bytea)
returns bytea
language sql immutable
set search_path = ''
as $$
  select extensions.hmac(convert_to(message, 'UTF8'), key, 'sha256')
$$;

-- RFC 3986: every byte outside the unreserved characters, and outside `kept`, becomes %XX.
create or replace function private.percent_encode(plain text, kept text default '')
returns text
language sql immutable
set search_path = ''
as $$
  select coalesce(string_agg(
    case when b.byte < 128 and position(chr(b.byte) in 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~' || kept) > 0
      then chr(b.byte)
      else '%' || upper(lpad(to_hex(b.byte), 2, '0'))
    end, '' order by b.place), '')
  from (
    select get_byte(convert_to(plain, 'UTF8'), g.place) as byte, g.place
    from generate_series(0, octet_length(convert_to(plain, 'UTF8')) - 1) g (place)) b
$$;
