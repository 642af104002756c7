-- Sample types: versions are compiled when they become effective; fields of samples are judged on every path and kept searchable.

create or replace trigger number_type_version before insert on lab.sample_type_versions
  for each row execute function private.number_type_version();
create or replace trigger keep_type_version before update on lab.sample_type_versions
  for each row execute function private.keep_type_version();
create or replace trigger compile_type_version after insert or update of status on lab.sample_type_versions
  for each row when (new.status = 'effective') execute function private.compile_type_version();
create or replace trigger keep_used_type before update on lab.sample_types
  for each row when (new.archived and not old.archived) execute function private.keep_used_type();

-- The names matter: triggers run in their order. First the edit is completed, then merged (govern_1), then judged.
create or replace trigger complete_fields before update on lab.samples
  for each row when (new.fields is distinct from old.fields) execute function private.complete_fields();
create or replace trigger judge_new_sample before insert on lab.samples
  for each row execute function private.judge_sample_row();
create or replace trigger judge_sample before update on lab.samples
  for each row when ((new.fields, new.sample_type, new.type_id, new.type_version) is distinct from (old.fields, old.sample_type, old.type_id, old.type_version))
  execute function private.judge_sample_row();

create or replace trigger spread_1_insert after insert on lab.samples
  referencing new table as new_rows for each statement execute function private.spread_new_fields();
create or replace trigger spread_1_update after update on lab.samples
  referencing old table as old_rows new table as new_rows for each statement execute function private.spread_changed_fields();
create or replace trigger spread_1_delete after delete on lab.samples
  referencing old table as old_rows for each statement execute function private.gather_deleted_fields();

-- A member reads them only beside lab.samples, whose policies decide; this is the outer bound.
select private.govern_policy('private', t, 'select_project_members',
  'for select to member using (project_id = any (array(select private.my_projects())))')
from unnest('{sample_numbers,sample_dates,sample_texts}'::text[]) t;
grant select on private.sample_numbers, private.sample_dates, private.sample_texts to member;
