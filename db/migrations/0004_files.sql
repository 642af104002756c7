-- Result files: bytes live in the object store under opaque write-once keys; here are their identity, state and permissions.

create table lab.files (
  like private.governed including all,
  project_id uuid not null,
  experiment_id uuid,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  status text not null default 'granted',
  problem text,
  constraint file_has_a_name check (btrim(name) <> '' and length(name) <= 255),
  constraint size_is_positive check (size_bytes >= 0),
  constraint sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint status_is_known check (status in ('granted', 'stored', 'verified', 'rejected')),
  constraint files_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint files_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id)
);
create index files_experiment_idx on lab.files (experiment_id);
create index files_project_idx on lab.files (project_id, id);
comment on table lab.files is 'Files in the object store. Readable once verified.';
comment on column lab.files.project_id is 'The project it belongs to.';
comment on column lab.files.experiment_id is 'The experiment it belongs to.';
comment on column lab.files.name is 'File name.';
comment on column lab.files.media_type is 'Media type, for example application/vnd.apache.parquet.';
comment on column lab.files.size_bytes is 'Size [bytes].';
comment on column lab.files.sha256 is 'SHA-256 of the bytes, lower-case hexadecimal.';
comment on column lab.files.status is 'granted (may be uploaded), stored (arrived), verified (bytes match; readable) or rejected.';
comment on column lab.files.problem is 'Why it was rejected.';

-- The store's scoped key. Only private.sign_object_url reads it.
create table private.object_store (
  only_row boolean primary key default true check (only_row),
  endpoint text not null,
  region text not null,
  bucket text not null,
  access_key text not null,
  secret_key text not null
);
