create or replace view api_v1.imports with (security_invoker) as
select id, lab_id, project_id, kind, act_key, file_name, file_sha256, columns, mapping, constants, decimal_sign, date_order, row_count, status,
  inserted, updated, unchanged, archived, restored, kept, version, created_at, created_by, updated_at, updated_by
from lab.imports;
comment on view api_v1.imports is 'Files whose rows became records.';
grant select on api_v1.imports to member;

create or replace view api_v1.imported_rows with (security_invoker) as
select r.import_id, r.row_no, i.lab_id, r.project_id, i.kind, i.file_name, r.act, r.record_id
from private.imported_rows r
join lab.imports i on i.id = r.import_id;
comment on view api_v1.imported_rows is 'Which row of which file became, or changed, which record.';
comment on column api_v1.imported_rows.import_id is 'The import.';
comment on column api_v1.imported_rows.row_no is 'Row of the file, counted from 1 below the headings.';
comment on column api_v1.imported_rows.project_id is 'The project the import belongs to.';
comment on column api_v1.imported_rows.act is 'insert or update.';
comment on column api_v1.imported_rows.record_id is 'The record.';
grant select on api_v1.imported_rows to member;
