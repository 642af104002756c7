-- What is staged belongs to whoever staged it; what became of a file's rows is seen by those who see its project.

alter table private.import_chunks enable row level security, force row level security;
alter table private.import_rows enable row level security, force row level security;
alter table private.imported_rows enable row level security, force row level security;

select private.govern_policy('private', t, 'all_law', 'to law, migrator using (true) with check (true)')
from unnest('{import_chunks,import_rows,imported_rows}'::text[]) t;
select private.govern_policy('private', t, 'all_owner', 'to member using (import_id = any (array(select private.my_open_imports())))')
from unnest('{import_chunks,import_rows}'::text[]) t;
select private.govern_policy('private', 'imported_rows', 'select_members', 'for select to member using (project_id = any (array(select private.my_projects())))');
select private.govern_policy('private', 'imported_rows', 'insert_owner', 'for insert to member with check (import_id = any (array(select private.my_open_imports())))');

grant select, insert, delete on private.import_chunks, private.import_rows to member;
grant select, insert on private.imported_rows to member;
grant select, insert, update, delete on private.import_chunks, private.import_rows, private.imported_rows to law;
