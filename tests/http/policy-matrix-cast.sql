-- The cast of the policy matrix: one person for each role in the projects ENZ and IMM of the lab DEMO (QA and the lab admin: in the
-- whole lab), a member of another project of that lab who has every role there, one who has every role in both projects but to whom
-- they are denied, one of another lab who has every role there, and one who was deactivated.

insert into lab.projects (lab_id, code, name)
select id, 'MATRIX', 'Another project' from lab.labs where code = 'DEMO'
on conflict do nothing;

with wanted (login, name, lab, active) as (values
  ('matrix-viewer', 'A viewer', 'DEMO', true),
  ('matrix-technician', 'A technician', 'DEMO', true),
  ('matrix-analyst', 'An analyst', 'DEMO', true),
  ('matrix-reviewer', 'A reviewer', 'DEMO', true),
  ('matrix-qa', 'A QA', 'DEMO', true),
  ('matrix-lab_admin', 'A lab admin', 'DEMO', true),
  ('matrix-other_project', 'Of another project', 'DEMO', true),
  ('matrix-denied', 'Denied', 'DEMO', true),
  ('matrix-other_lab', 'Of another lab', 'NORTH', true),
  ('matrix-deactivated', 'Deactivated', 'DEMO', false))
insert into lab.people (lab_id, login, name, active)
select l.id, w.login, w.name, w.active from wanted w join lab.labs l on l.code = w.lab
on conflict do nothing;

with roles (role) as (values ('viewer'), ('technician'), ('analyst'), ('reviewer'), ('qa')), wanted (login, project, role) as (
  select 'matrix-' || role, project, role from roles, unnest('{ENZ,IMM}'::text[]) project where role <> 'qa'
  union all select 'matrix-deactivated', project, role from roles, unnest('{ENZ,IMM}'::text[]) project
  union all select 'matrix-denied', project, role from roles, unnest('{ENZ,IMM}'::text[]) project
  union all select 'matrix-other_project', 'MATRIX', role from roles
  union all select 'matrix-other_lab', null, role from roles
  union all values ('matrix-qa', null, 'qa'), ('matrix-lab_admin', null, 'lab_admin'), ('matrix-other_lab', null, 'lab_admin'))
insert into lab.memberships (lab_id, person_id, project_id, role)
select p.lab_id, p.id, j.id, w.role
from wanted w
join lab.people p on p.login = w.login
left join lab.projects j on j.lab_id = p.lab_id and j.code = w.project
on conflict do nothing;

insert into lab.access_rules (lab_id, effect, person_id, project_id, reason)
select p.lab_id, 'deny', p.id, j.id, 'Matrix'
from lab.people p
join lab.projects j on j.lab_id = p.lab_id and j.code in ('ENZ', 'IMM')
where p.login = 'matrix-denied' and not exists (select from lab.access_rules r where r.person_id = p.id);
