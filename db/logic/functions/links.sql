-- `before insert on lab.sample_origins`, by a member: a link joins two materials that one sees, in the project of what was made.
create or replace function private.check_link()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.project_id := (select s.project_id from lab.samples s where s.lab_id = new.lab_id and s.id = new.sample_id);
  if new.project_id is null or not exists (select from lab.samples s where s.lab_id = new.lab_id and s.id = new.parent_id) then
    perform private.refuse('PL004', array['material', case when new.project_id is null then new.sample_id else new.parent_id end::text]);
  end if;
  return new;
end $$;
grant execute on function private.check_link() to member, migrator;
