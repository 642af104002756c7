-- Teams, and what lets or forbids a person or a team a lab, a project or a single record. Forbidding wins.

create table lab.teams (
  like private.governed including all,
  code text not null,
  name text not null,
  constraint teams_code_key unique (lab_id, code),
  constraint team_has_a_name check (btrim(name) <> ''),
  constraint teams_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.teams is 'People who share rights.';
comment on column lab.teams.code is 'Short code, unique in the lab.';
comment on column lab.teams.name is 'Name.';

create table lab.team_members (
  like private.governed including all,
  team_id uuid not null,
  person_id uuid not null,
  valid_until timestamptz,
  constraint team_members_key unique (lab_id, team_id, person_id),
  constraint team_members_team_fk foreign key (lab_id, team_id) references lab.teams (lab_id, id),
  constraint team_members_person_fk foreign key (lab_id, person_id) references lab.people (lab_id, id)
);
create index team_members_person_idx on lab.team_members (person_id);
comment on table lab.team_members is 'Who is in a team.';
comment on column lab.team_members.team_id is 'The team.';
comment on column lab.team_members.person_id is 'The person.';
comment on column lab.team_members.valid_until is 'From when on no longer; null: without end.';

alter table lab.memberships
  add column valid_until timestamptz;
comment on column lab.memberships.valid_until is 'From when on no longer; null: without end.';

create table lab.access_rules (
  like private.governed including all,
  effect text not null,
  person_id uuid,
  team_id uuid,
  project_id uuid,
  record_kind text,
  record_id uuid,
  role text,
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  reason text not null,
  constraint effect_is_known check (effect in ('allow', 'deny')),
  constraint one_person_or_one_team check (num_nonnulls(person_id, team_id) = 1),
  constraint record_has_a_kind check ((record_kind is null) = (record_id is null)),
  constraint project_or_record check (project_id is null or record_id is null),
  constraint only_allowing_gives_a_role check ((effect = 'allow') = (role is not null)),
  constraint role_is_known check (role in ('viewer', 'technician', 'analyst', 'reviewer', 'qa', 'lab_admin', 'auditor')),
  constraint admins_are_of_the_lab check (role not in ('lab_admin') or (project_id is null and record_id is null)),
  constraint record_role_reads_or_edits check (record_id is null or role in ('viewer', 'technician', 'analyst')),
  constraint auditors_have_a_date check (role <> 'auditor' or valid_until is not null),
  constraint ends_after_it_begins check (valid_until >= valid_from),
  constraint rule_has_a_reason check (btrim(reason) <> ''),
  constraint access_rules_lab_fk foreign key (lab_id) references lab.labs (id),
  constraint access_rules_person_fk foreign key (lab_id, person_id) references lab.people (lab_id, id),
  constraint access_rules_team_fk foreign key (lab_id, team_id) references lab.teams (lab_id, id),
  constraint access_rules_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index access_rules_person_idx on lab.access_rules (person_id) where person_id is not null;
create index access_rules_team_idx on lab.access_rules (team_id) where team_id is not null;
create index access_rules_project_idx on lab.access_rules (project_id) where project_id is not null;
create index access_rules_record_idx on lab.access_rules (record_id) where record_id is not null;
comment on table lab.access_rules is 'What lets, or forbids, a person or a team a lab, a project or a single record. Forbidding wins.';
comment on column lab.access_rules.effect is 'allow or deny.';
comment on column lab.access_rules.person_id is 'The person it is about, or null for a team.';
comment on column lab.access_rules.team_id is 'The team it is about, or null for a person.';
comment on column lab.access_rules.project_id is 'The project it is about; null together with record_id: the whole lab.';
comment on column lab.access_rules.record_kind is 'Kind of the record it is about, as its table is named.';
comment on column lab.access_rules.record_id is 'The record it is about; what else follows from it is in the table of inheritance.';
comment on column lab.access_rules.role is 'What it lets one be: on a record viewer (reads), technician or analyst (also edits).';
comment on column lab.access_rules.valid_from is 'From when on.';
comment on column lab.access_rules.valid_until is 'Until when; null: without end.';
comment on column lab.access_rules.reason is 'Why.';

-- What a record's children inherit: one line per column through which rights come down. Policies are generated from it.
create table private.access_inheritance (
  child name,
  via_column name,
  parent name not null,
  passes text not null,
  primary key (child, via_column, parent),
  constraint passes_is_known check (passes in ('both', 'deny')),
  constraint only_itself_by_id check ((via_column = 'id') = (child = parent))
);
comment on table private.access_inheritance is 'Which rights a record takes from which other record.';

-- Rules themselves are for those who keep them: a denial that its subject could read would tell that the record exists.
alter table private.governed_tables
  drop constraint scope_is_known,
  add constraint scope_is_known check (scope in ('lab', 'project', 'admin'));
