create or replace view api_v1.teams with (security_invoker) as
select id, lab_id, code, name, version, created_at, created_by, updated_at, updated_by from lab.teams;
comment on view api_v1.teams is 'People who share rights.';
grant select, insert, update on api_v1.teams to member;

create or replace view api_v1.team_members with (security_invoker) as
select id, lab_id, team_id, person_id, valid_until, version, created_at, created_by, updated_at, updated_by from lab.team_members;
comment on view api_v1.team_members is 'Who is in a team.';
grant select, insert, update on api_v1.team_members to member;

create or replace view api_v1.access_rules with (security_invoker) as
select id, lab_id, effect, person_id, team_id, project_id, record_kind, record_id, role, valid_from, valid_until, reason,
  version, created_at, created_by, updated_at, updated_by
from lab.access_rules;
comment on view api_v1.access_rules is
  'What lets, or forbids, a person or a team a lab, a project or a single record; shown to lab admins and QA. Forbidding wins.';
grant select on api_v1.access_rules to member;
