-- Imports: a file's rows are staged, judged in place, and become records wholly or not at all.

create table lab.imports (
  like private.governed including all,
  project_id uuid not null,
  kind text not null,
  act_key uuid not null,
  file_name text not null,
  file_sha256 text not null,
  columns text[] not null,
  mapping jsonb,
  constants jsonb not null default '{}',
  decimal_sign text,
  date_order text,
  row_count integer,
  pass integer not null default 0,
  status text not null default 'staging',
  inserted integer,
  updated integer,
  unchanged integer,
  archived integer,
  restored integer,
  kept integer,
  committed_mark uuid,
  constraint imports_act_key unique (lab_id, act_key),
  constraint kind_is_known check (kind in ('samples', 'measurements')),
  constraint status_is_known check (status in ('staging', 'judged', 'committed', 'undone', 'abandoned')),
  constraint file_has_a_hash check (file_sha256 ~ '^[0-9a-f]{64}$'),
  constraint columns_are_few check (cardinality(columns) between 1 and 200),
  constraint decimal_sign_is_known check (decimal_sign in ('.', ',')),
  constraint date_order_is_known check (date_order in ('ymd', 'dmy', 'mdy')),
  constraint committed_with_counts check (status not in ('committed', 'undone') or num_nulls(inserted, updated, unchanged) = 0),
  constraint imports_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index imports_project_idx on lab.imports (project_id, id);
create index imports_file_idx on lab.imports (lab_id, file_sha256);
create index imports_created_by_idx on lab.imports (created_by);
comment on table lab.imports is 'Files whose rows became records.';
comment on column lab.imports.project_id is 'The project it belongs to; rows that name none go there.';
comment on column lab.imports.kind is 'What a row becomes: samples or measurements.';
comment on column lab.imports.act_key is 'Made by the client; the same import is begun once, however often it is sent.';
comment on column lab.imports.file_name is 'Name of the file.';
comment on column lab.imports.file_sha256 is 'SHA-256 of the file, lower-case hexadecimal, to notice the same file again.';
comment on column lab.imports.columns is 'Headings of the file.';
comment on column lab.imports.mapping is 'One item per heading: {"to", "unit"} or {"skip": true}.';
comment on column lab.imports.constants is 'By target: the value of every row where the file has no such column.';
comment on column lab.imports.decimal_sign is 'Decimal sign of the file: "." or ","; null until it was said.';
comment on column lab.imports.date_order is 'Order of dates in the file: ymd, dmy or mdy; null until it was said.';
comment on column lab.imports.row_count is 'How many rows were staged.';
comment on column lab.imports.pass is 'How often it was judged.';
comment on column lab.imports.status is 'staging, judged, committed, undone or abandoned.';
comment on column lab.imports.inserted is 'Rows that became new records.';
comment on column lab.imports.updated is 'Rows that changed a record.';
comment on column lab.imports.unchanged is 'Rows that were as their record already was.';
comment on column lab.imports.archived is 'New records that were archived when it was taken back.';
comment on column lab.imports.restored is 'Changed records that got their former values back.';
comment on column lab.imports.kept is 'Records that stayed when it was taken back, since something depends on them.';
comment on column lab.imports.committed_mark is 'An id made when it was committed: what has a later one came afterwards.';

-- What is staged and judged is no record yet: it belongs to whoever began the import, and goes when that ends.
create table private.import_chunks (
  import_id uuid not null references lab.imports (id),
  chunk_no integer not null,
  row_count integer not null,
  rows jsonb not null,
  primary key (import_id, chunk_no),
  constraint chunk_no_counts check (chunk_no >= 0),
  constraint rows_are_a_list check (jsonb_typeof(rows) = 'array')
);

create table private.import_rows (
  import_id uuid not null references lab.imports (id),
  pass integer not null,
  row_no integer not null,
  act text not null,
  record_id uuid,
  seen_version integer,
  changed text[] not null default '{}',
  record jsonb not null,
  problems jsonb not null default '[]',
  warnings jsonb not null default '[]',
  primary key (import_id, pass, row_no),
  constraint act_is_known check (act in ('insert', 'update', 'unchanged'))
);

-- Which row of which file became, or changed, which record, and in which version.
create table private.imported_rows (
  import_id uuid not null references lab.imports (id),
  row_no integer not null,
  project_id uuid not null,
  act text not null,
  record_id uuid not null,
  version integer not null,
  primary key (import_id, row_no)
);
create index imported_rows_record_idx on private.imported_rows (record_id);
