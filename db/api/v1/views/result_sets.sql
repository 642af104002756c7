create or replace view api_v1.result_sets with (security_invoker) as
select s.id, s.lab_id, s.project_id, s.code, s.name, s.number, s.status, private.count_results(s.id) as result_count,
  s.corrects_id, s.correction_reason, s.reviewed_at, s.reviewed_by, s.released_at, s.released_by, s.invalid_reason,
  case when s.content is not null and private.sees_whole_set(s.id) then s.content end as content, s.content_sha256,
  s.version, s.created_at, s.created_by, s.updated_at, s.updated_by
from lab.result_sets s;
comment on view api_v1.result_sets is 'Named, versioned bundles of results.';
comment on column api_v1.result_sets.result_count is 'How many results it holds.';
comment on column api_v1.result_sets.content is 'What was released, as text that is readable for ever, for those who may see all of it.';
grant select on api_v1.result_sets to member;

create or replace view api_v1.result_set_items with (security_invoker) as
select i.id, i.lab_id, i.project_id, i.result_set_id, s.code as result_set, s.number, i.result_id, r.code as result, r.name as result_name,
  r.status as result_status, i.version, i.created_at, i.created_by
from lab.result_set_items i
join lab.result_sets s on s.lab_id = i.lab_id and s.id = i.result_set_id
join lab.results r on r.lab_id = i.lab_id and r.id = i.result_id;
comment on view api_v1.result_set_items is 'The results of a set.';
comment on column api_v1.result_set_items.result_set is 'Code of the set.';
comment on column api_v1.result_set_items.number is 'Version of the set.';
comment on column api_v1.result_set_items.result is 'Code of the result.';
comment on column api_v1.result_set_items.result_name is 'Name of the result.';
comment on column api_v1.result_set_items.result_status is 'Where the result stands.';
grant select on api_v1.result_set_items to member;
