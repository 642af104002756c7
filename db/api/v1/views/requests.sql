create or replace view api_v1.requests with (security_invoker) as
select r.id, r.lab_id, r.project_id, r.code, r.title, r.note, r.priority, r.due_on, r.status, r.finished_at,
  private.count_tests(r.id, '{requested,in progress,done,cancelled}') as test_count,
  private.count_tests(r.id, '{requested,in progress}') as open_count,
  private.count_tests(r.id, '{done}') as done_count,
  r.finished_at is null and r.due_on < current_date as overdue,
  private.hours_between(r.created_at, r.finished_at) as turnaround,
  r.version, r.created_at, r.created_by, r.updated_at, r.updated_by
from lab.requests r;
comment on view api_v1.requests is 'Who wants which tests on which samples by when.';
comment on column api_v1.requests.test_count is 'How many tests it asks for.';
comment on column api_v1.requests.open_count is 'How many are requested or in progress.';
comment on column api_v1.requests.done_count is 'How many are done.';
comment on column api_v1.requests.overdue is 'Whether its last day has passed and it is not finished.';
comment on column api_v1.requests.turnaround is 'From request to end [h].';
grant select, update on api_v1.requests to member;

create or replace view api_v1.tests with (security_invoker) as
select t.id, t.lab_id, t.project_id, t.request_id, r.code as request, r.title as request_title, r.priority, r.due_on,
  t.sample_id, s.code as sample, s.name as sample_name, t.measurand, t.method, t.status, t.sop_run_id, w.code as sop_run,
  t.done_at, t.done_by, t.cancel_reason,
  t.status in ('requested', 'in progress') and r.due_on < current_date as overdue,
  private.hours_between(t.created_at, t.done_at) as turnaround,
  t.version, t.created_at, t.created_by, t.updated_at, t.updated_by
from lab.tests t
join lab.requests r on r.lab_id = t.lab_id and r.id = t.request_id
join lab.samples s on s.lab_id = t.lab_id and s.id = t.sample_id
left join lab.sop_runs w on w.lab_id = t.lab_id and w.id = t.sop_run_id;
comment on view api_v1.tests is 'What a request wants of one sample.';
comment on column api_v1.tests.request is 'Code of the request.';
comment on column api_v1.tests.request_title is 'What the request is about.';
comment on column api_v1.tests.priority is 'normal or urgent.';
comment on column api_v1.tests.due_on is 'The last day on which it is in time.';
comment on column api_v1.tests.sample is 'Code of the sample.';
comment on column api_v1.tests.sample_name is 'Name of the sample.';
comment on column api_v1.tests.sop_run is 'Code of the run that fulfils it.';
comment on column api_v1.tests.overdue is 'Whether its last day has passed and it is neither done nor cancelled.';
comment on column api_v1.tests.turnaround is 'From request to done [h].';
grant select on api_v1.tests to member;

create or replace view api_v1.turnaround with (security_invoker) as
select t.lab_id, t.project_id, t.measurand, date_trunc('month', t.done_at, 'UTC') as month, count(*) as test_count,
  count(*) filter (where (t.done_at at time zone 'UTC')::date > r.due_on) as late_count,
  percentile_cont(0.5) within group (order by private.hours_between(t.created_at, t.done_at)) as median_turnaround,
  percentile_cont(0.9) within group (order by private.hours_between(t.created_at, t.done_at)) as p90_turnaround
from lab.tests t
join lab.requests r on r.lab_id = t.lab_id and r.id = t.request_id
where t.status = 'done'
group by t.lab_id, t.project_id, t.measurand, date_trunc('month', t.done_at, 'UTC');
comment on view api_v1.turnaround is 'How long tests took, by project, measurand and the month in which they were done.';
comment on column api_v1.turnaround.month is 'Start of the month, UTC.';
comment on column api_v1.turnaround.test_count is 'How many were done.';
comment on column api_v1.turnaround.late_count is 'How many of them after their last day.';
comment on column api_v1.turnaround.median_turnaround is 'Half of them took no longer than this [h].';
comment on column api_v1.turnaround.p90_turnaround is 'Nine of ten took no longer than this [h].';
grant select on api_v1.turnaround to member;
