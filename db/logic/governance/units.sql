-- A lab uses units whose code means something.

create or replace trigger know_unit before insert on lab.units
  for each row execute function private.know_unit();
