create or replace trigger keep_released_set before update on lab.result_sets
  for each row when (old.status in ('released', 'corrected', 'invalidated')) execute function private.keep_released_set();
create or replace trigger keep_set_items before insert or update or delete on lab.result_set_items
  for each row execute function private.keep_set_items();
create or replace trigger keep_released_result before update on lab.results
  for each row when (old.status in ('released', 'corrected', 'invalidated')) execute function private.keep_released_result();
create or replace trigger keep_released_values before insert or update or delete on lab.result_values
  for each row execute function private.keep_released_values();
