-- A version is compiled when it becomes effective, and stays as it is from then on.

create or replace trigger compile_effective_version after insert or update of status on lab.sop_versions
  for each row when (new.status = 'effective') execute function private.compile_effective_version();
create or replace trigger keep_effective_version before update on lab.sop_versions
  for each row when (old.status in ('effective', 'retired')) execute function private.keep_effective_version();
