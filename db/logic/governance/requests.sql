create or replace trigger settle_requests after update on lab.tests
  referencing new table as changed for each statement execute function private.settle_requests();
create or replace trigger end_tests after update of status on lab.sop_runs
  for each row when (new.status in ('completed', 'aborted') and new.status <> old.status) execute function private.end_tests();
