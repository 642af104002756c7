create or replace view api_v1.entry_templates with (security_invoker) as
select id, lab_id, name, description, document, active, version, created_at, created_by, updated_at, updated_by from lab.entry_templates;
comment on view api_v1.entry_templates is 'What an entry may begin with.';
grant select, insert, update on api_v1.entry_templates to member;

-- A link to a record that one may not see is not there: each record is asked of its own policy.
create or replace view api_v1.entry_links with (security_invoker) as
select l.id, l.lab_id, l.project_id, l.entry_id, l.sample_id, l.experiment_id, l.result_id, l.sop_run_id, l.file_id, l.plate_id,
  case when l.sample_id is not null then 'sample' when l.experiment_id is not null then 'experiment' when l.result_id is not null then 'result'
    when l.sop_run_id is not null then 'sop_run' when l.file_id is not null then 'file' else 'plate' end as kind,
  coalesce(s.code, e.code, r.code, w.code, p.code) as code, coalesce(s.name, e.name, r.name, w.name, f.name, p.name) as name,
  l.note, l.removed_at, l.version, l.created_at, l.created_by
from lab.entry_links l
left join lab.samples s on s.lab_id = l.lab_id and s.id = l.sample_id
left join lab.experiments e on e.lab_id = l.lab_id and e.id = l.experiment_id
left join lab.results r on r.lab_id = l.lab_id and r.id = l.result_id
left join lab.sop_runs w on w.lab_id = l.lab_id and w.id = l.sop_run_id
left join lab.files f on f.lab_id = l.lab_id and f.id = l.file_id
left join lab.plates p on p.lab_id = l.lab_id and p.id = l.plate_id
where num_nonnulls(s.id, e.id, r.id, w.id, f.id, p.id) = 1;
comment on view api_v1.entry_links is 'Which records an entry speaks of.';
comment on column api_v1.entry_links.kind is 'sample, experiment, result, sop_run, file or plate.';
comment on column api_v1.entry_links.code is 'Code of the record.';
comment on column api_v1.entry_links.name is 'Name of the record.';
grant select on api_v1.entry_links to member;
