-- Files: the law signs what may be written and read, and nothing is readable before its bytes were seen to be right.

-- Signatures: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (example)
set local role law;
select tap.same(
  private.presign_url(
    row(true, 'https://examplebucket.s3.amazonaws.com', 'us-east-1', 'examplebucket', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
    'GET', '/test.txt', '{}', 86400, '2013-05-24 00:00:00+00'),
  'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256'
  '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400'
  '&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  'a presigned URL is the one that AWS publishes for its example');
select tap.same(private.percent_encode('a-b_c.d~e /ü€🧪+%&=?#', '/'), 'a-b_c.d~e%20/%C3%BC%E2%82%AC%F0%9F%A7%AA%2B%25%26%3D%3F%23',
  'a path is percent-encoded byte by byte, slashes kept');
select tap.same(private.percent_encode(''), '', 'an empty text stays empty');

-- The store
select tap.as_migrator();
delete from private.object_store;
select set_config('tap.enz', (select id::text from lab.experiments where name = 'Puromycin'), true);
create function pg_temp.ask(size bigint default 4, hash text default repeat('ab', 32), name text default 'a "b" <script> 🧪.csv', type text default 'text/csv')
returns jsonb language sql as $$ select api_v1.grant_upload(name, type, size, hash, current_setting('tap.enz')::uuid) $$;
grant execute on function pg_temp.ask to public;

select tap.as_person('dina');
select tap.throws('select pg_temp.ask()', 'PL024', 'without an object store nothing is granted, and it says so');
select tap.throws($$select private.configure_object_store('http://s', 'r', 'b', 'a', 's')$$, '42501', 'a member does not configure the store');
select tap.throws('select * from private.object_store', '42501', 'nor read its key');
select tap.throws($$select private.sign_object_url('GET', 'x', 60)$$, '42501', 'nor sign whatever he likes');
select tap.as_migrator();
select tap.throws($$select private.configure_object_store('s3://petri', 'r', 'b', 'a', 's')$$, 'PL008', 'the address of a store is http or https');
select private.configure_object_store('http://127.0.0.1:80/', 'us-east-1', 'petri', 'KEY', 'very secret');
select private.configure_object_store('http://127.0.0.1:7480/', 'us-east-1', 'petri', 'KEY', 'very secret');
select tap.same((select endpoint from private.object_store), 'http://127.0.0.1:7480', 'configuring again replaces what was there');

-- Granting
select tap.as_person('rhea');
select tap.throws('select pg_temp.ask()', 'PL003', 'a reviewer uploads nothing');
select tap.as_person('sten');
select tap.throws('select pg_temp.ask()', 'PL004', 'to a stranger the experiment does not exist');
select tap.as_anonymous();
select tap.throws('select pg_temp.ask()', '42501', 'who is not signed in cannot ask');
select tap.as_person('dina');
select tap.throws($$select pg_temp.ask(hash => 'abc')$$, 'PL050', 'a hash has 64 hexadecimal digits');
select tap.throws($$select pg_temp.ask(hash => null)$$, 'PL050', 'and is required');
select tap.throws('select pg_temp.ask(-1)', 'PL050', 'a size is not negative');
select tap.throws('select pg_temp.ask(5368709121)', 'PL050', 'nor more than the store takes at once');
select tap.throws($$select pg_temp.ask(name => '  ')$$, 'PL050', 'a file has a name');
select tap.throws($$select pg_temp.ask(name => E'a\nb')$$, 'PL050', 'of one line');
select tap.throws($$select pg_temp.ask(type => 'csv')$$, 'PL050', 'and a media type');
select tap.throws('select api_v1.grant_upload(''a'', ''text/csv'', 1, repeat(''ab'', 32), uuidv7())', 'PL004', 'an unknown experiment is named');

select tap.as_person('tess');
select set_config('tap.grant', pg_temp.ask()::text, true);
select set_config('tap.file', current_setting('tap.grant')::jsonb ->> 'file_id', true);
select tap.same((select status || ' ' || name from api_v1.files where id = current_setting('tap.file')::uuid), 'granted a "b" <script> 🧪.csv',
  'a technician is granted an upload, under the name as typed');
select tap.same(current_setting('tap.grant')::jsonb -> 'headers',
  '{"content-length": "4", "if-none-match": "*", "x-amz-checksum-sha256": "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=", "x-amz-sdk-checksum-algorithm": "SHA256"}'::jsonb,
  'its length, its hash and write-once are part of it');
select tap.ok(current_setting('tap.grant')::jsonb ->> 'url' like
    'http://127.0.0.1:7480/petri/' || (select lab_id from api_v1.me()) || '/' || current_setting('tap.file') || '?%'
    '&X-Amz-SignedHeaders=content-length%3Bhost%3Bif-none-match%3Bx-amz-checksum-sha256%3Bx-amz-sdk-checksum-algorithm&%',
  'the key is opaque, and every header is signed');
select tap.ok(current_setting('tap.grant') not like '%very secret%', 'the store''s key is not in it');

-- Committing and opening
select tap.throws(format('select api_v1.open_file(%L)', current_setting('tap.file')), 'PL021', 'a granted file cannot be opened');
select tap.as_person('sten');
select tap.throws(format('select api_v1.commit_upload(%L)', current_setting('tap.file')), 'PL004', 'a stranger cannot commit it');
select tap.throws(format('select api_v1.open_file(%L)', current_setting('tap.file')), 'PL004', 'nor open it: it does not exist for him');
select tap.throws('select api_v1.open_file(null)', 'PL004', 'nor does nothing');
select tap.as_person('rhea');
select tap.throws(format('select api_v1.commit_upload(%L)', current_setting('tap.file')), 'PL003', 'who may not upload may not commit');
select tap.as_person('dina');
select tap.throws(format('select private.finish_file_verification(%L, repeat(''ab'', 32), 4, true, null)', current_setting('tap.file')), '42501',
  'a person cannot give the verdict');
select tap.throws($$update api_v1.files set status = 'verified', version = 1$$, '42501', 'nor write it');
select tap.same(api_v1.commit_upload(current_setting('tap.file')::uuid) ->> 'status', 'stored', 'a committed file is stored');
select tap.same(api_v1.commit_upload(current_setting('tap.file')::uuid) ->> 'status', 'stored', 'and stays so when it is committed again');
select tap.throws(format('select api_v1.open_file(%L)', current_setting('tap.file')), 'PL021', 'a stored file cannot be opened');
select tap.as_migrator();
select tap.same(tap.count(format($$select from private.job_requests where task = 'verify_file' and payload ->> 'file_id' = %L$$, current_setting('tap.file'))), 1::bigint,
  'its verification was asked for once');

-- The verdict
set local role worker;
select tap.same((select row(expected_sha256, expected_size)::text from private.begin_file_verification(current_setting('tap.file')::uuid)),
  '(' || repeat('ab', 32) || ',4)', 'the worker is told what to expect');
select tap.same(private.finish_file_verification(current_setting('tap.file')::uuid, repeat('ab', 32), 4, true, null), 'verified',
  'bytes that match are verified');
select tap.same(private.finish_file_verification(current_setting('tap.file')::uuid, repeat('cd', 32), 4, false, 'late'), null,
  'a verdict is given once');
select tap.same(tap.count(format('select from private.begin_file_verification(%L)', current_setting('tap.file'))), 0::bigint, 'and not asked for again');
select tap.as_person('rhea');
select tap.ok(api_v1.open_file(current_setting('tap.file')::uuid) ->> 'url' ~ '&X-Amz-Expires=60&', 'who sees the experiment opens a verified file, for a minute');
select tap.as_person('sten');
select tap.throws(format('select api_v1.open_file(%L)', current_setting('tap.file')), 'PL004', 'a stranger still does not');

-- A wrong verdict, a wrong object
select tap.as_person('dina');
select set_config('tap.file', pg_temp.ask() ->> 'file_id', true);
select api_v1.commit_upload(current_setting('tap.file')::uuid);
select tap.as_migrator();
set local role worker;
select tap.same(private.finish_file_verification(current_setting('tap.file')::uuid, repeat('cd', 32), 4, true, null), 'rejected',
  'other bytes are rejected, whatever the worker says');
select tap.as_person('dina');
select tap.same((select status || ': ' || problem from api_v1.files where id = current_setting('tap.file')::uuid),
  'rejected: the bytes are not those that were promised', 'a rejected file stays, with its problem');
select tap.same(api_v1.commit_upload(current_setting('tap.file')::uuid) ->> 'status', 'rejected', 'and committing it again does not revive it');
select tap.throws(format('select api_v1.open_file(%L)', current_setting('tap.file')), 'PL021', 'nor can it be opened');
