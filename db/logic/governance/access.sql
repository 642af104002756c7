create or replace trigger check_access_rule before insert or update on lab.access_rules
  for each row execute function private.check_access_rule();

grant select on private.access_inheritance to law, member;
