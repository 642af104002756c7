-- owner: law
-- Files: the law grants an upload, hears that it was done, and opens what was verified. The bytes go straight to the object store.

create or replace function api_v1.grant_upload(name text, media_type text, size_bytes bigint, sha256 text, experiment_id uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  lifetime_seconds constant integer := 900;
  experiment lab.experiments;
  file lab.files;
  headers jsonb;
begin
  select e.* into experiment
  from lab.experiments e
  where e.id = grant_upload.experiment_id and private.may_see('experiments', e.id);
  if not found then
    perform private.refuse('PL004', array['experiment', grant_upload.experiment_id::text]);
  end if;
  perform private.demand_project_role(experiment.project_id, '{technician,analyst}');
  perform private.demand_uploadable(name, media_type, size_bytes, sha256);

  insert into lab.files (lab_id, project_id, experiment_id, name, media_type, size_bytes, sha256)
  values (experiment.lab_id, experiment.project_id, experiment.id, grant_upload.name, grant_upload.media_type,
    grant_upload.size_bytes, lower(grant_upload.sha256))
  returning * into file;
  headers := private.upload_headers(file);
  return jsonb_build_object('file_id', file.id, 'method', 'PUT', 'headers', headers,
    'url', private.sign_object_url('PUT', private.object_key(file), lifetime_seconds, headers),
    'expires_at', now() + make_interval(secs => lifetime_seconds));
end $$;
comment on function api_v1.grant_upload(text, text, bigint, text, uuid) is
  'Allows one upload of exactly these bytes: PUT them to the url with the headers, then call commit_upload. size_bytes [bytes], at most 5 GiB; sha256 in hexadecimal. Valid for 15 minutes.';
grant execute on function api_v1.grant_upload(text, text, bigint, text, uuid) to member;

create or replace function api_v1.commit_upload(file_id uuid)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  file lab.files := private.demand_visible_file(file_id);
begin
  perform private.demand_project_role(file.project_id, '{technician,analyst}');
  update lab.files f set status = 'stored' where f.id = file.id and f.status = 'granted';
  if found then
    insert into private.job_requests (task, payload) values ('verify_file', jsonb_build_object('file_id', file.id));
  end if;
  select f.* into file from lab.files f where f.id = file.id;
  return jsonb_strip_nulls(jsonb_build_object('file_id', file.id, 'status', file.status, 'problem', file.problem));
end $$;
comment on function api_v1.commit_upload(uuid) is
  'Says that an upload is done. The worker then reads the object: status becomes verified, or rejected with its problem, which is also what happens when the object never arrived. A rejected file stays so: ask for a new grant.';
grant execute on function api_v1.commit_upload(uuid) to member;

create or replace function api_v1.open_file(file_id uuid)
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  lifetime_seconds constant integer := 60;
  file constant lab.files := private.demand_visible_file(file_id);
begin
  if file.status <> 'verified' then
    perform private.refuse('PL021', array[file.name, file.status], details => jsonb_build_object('status', file.status, 'problem', file.problem));
  end if;
  return jsonb_build_object('file_id', file.id, 'name', file.name, 'media_type', file.media_type,
    'size_bytes', file.size_bytes, 'sha256', file.sha256,
    'url', private.sign_object_url('GET', private.object_key(file), lifetime_seconds),
    'expires_at', now() + make_interval(secs => lifetime_seconds));
end $$;
comment on function api_v1.open_file(uuid) is
  'A URL from which a verified file can be read, whole or in ranges, for 60 seconds; ask again to read on.';
grant execute on function api_v1.open_file(uuid) to member;
