-- Labs, people, projects, and who may do what.

create table lab.labs (
  like private.governed including all,
  code text not null,
  name text not null,
  constraint lab_is_its_own check (id = lab_id),
  constraint labs_code_key unique (code)
);
comment on table lab.labs is 'Laboratories. Everything belongs to exactly one.';
comment on column lab.labs.code is 'Short code.';
comment on column lab.labs.name is 'Full name.';

create table lab.people (
  like private.governed including all,
  login text not null,
  name text not null,
  active boolean not null default true,
  constraint people_login_key unique (login),
  constraint people_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.people is 'Persons. Never reused, shared or deleted, only deactivated.';
comment on column lab.people.login is 'Name at the Hub; unique across all labs, since people sign in once.';
comment on column lab.people.name is 'Printed name.';
comment on column lab.people.active is 'False: may do nothing, from this moment on.';

create table lab.projects (
  like private.governed including all,
  code text not null,
  name text not null,
  description text not null default '',
  constraint projects_code_key unique (lab_id, code),
  constraint projects_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.projects is 'Bodies of work, and the boundary of who sees what.';
comment on column lab.projects.code is 'Short code, unique in the lab.';
comment on column lab.projects.name is 'Name.';
comment on column lab.projects.description is 'What it is about.';

create table lab.memberships (
  like private.governed including all,
  person_id uuid not null references lab.people (id),
  project_id uuid,
  role text not null,
  constraint role_is_known check (role in ('viewer', 'technician', 'analyst', 'reviewer', 'qa', 'lab_admin')),
  constraint admins_are_of_the_lab check (role <> 'lab_admin' or project_id is null),
  constraint memberships_key unique nulls not distinct (lab_id, person_id, project_id, role),
  constraint memberships_lab_fk foreign key (lab_id) references lab.labs (id),
  constraint memberships_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index memberships_person_idx on lab.memberships (person_id);
comment on table lab.memberships is 'Which person has which role, in one project or, without a project, in the whole lab.';
comment on column lab.memberships.person_id is 'The person.';
comment on column lab.memberships.project_id is 'The project, or null for every project of the lab.';
comment on column lab.memberships.role is 'viewer, technician, analyst, reviewer, qa or lab_admin.';
