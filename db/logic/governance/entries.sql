create or replace trigger keep_locked_entry before update on lab.entries
  for each row when (old.locked_at is not null) execute function private.keep_locked_entry();
create or replace trigger keep_unlocked_entry before insert on lab.entries
  for each row when (new.locked_at is not null) execute function private.keep_locked_entry();
