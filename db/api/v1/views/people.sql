create or replace view api_v1.labs with (security_invoker) as
select id, code, name, version, created_at, updated_at from lab.labs;
comment on view api_v1.labs is 'Laboratories you belong to.';
grant select on api_v1.labs to member;

create or replace view api_v1.people with (security_invoker) as
select id, lab_id, login, name, active, version, created_at, updated_at from lab.people;
comment on view api_v1.people is 'Persons of your lab.';
grant select on api_v1.people to member;

create or replace view api_v1.projects with (security_invoker) as
select id, lab_id, code, name, description, version, created_at, created_by, updated_at, updated_by from lab.projects;
comment on view api_v1.projects is 'Bodies of work, and the boundary of who sees what.';
grant select, insert, update on api_v1.projects to member;

create or replace view api_v1.memberships with (security_invoker) as
select id, lab_id, person_id, project_id, role, version, created_at, created_by, updated_at, updated_by from lab.memberships;
comment on view api_v1.memberships is 'Which person has which role, in one project or, without a project, in the whole lab.';
grant select, insert on api_v1.memberships to member;
