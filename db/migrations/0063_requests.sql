-- Requests: who wants which tests on which samples by when, and which run fulfils them.

create table lab.requests (
  like private.governed including all,
  project_id uuid not null,
  code text not null default private.new_code_v1('Q'),
  title text not null,
  note text not null default '',
  priority text not null default 'normal',
  due_on date,
  status text not null default 'submitted',
  finished_at timestamptz,
  constraint requests_code_key unique (lab_id, code),
  constraint request_has_a_title check (btrim(title) <> ''),
  constraint priority_is_known check (priority in ('normal', 'urgent')),
  constraint status_is_known check (status in ('submitted', 'in progress', 'completed', 'cancelled')),
  constraint finished_at_some_time check ((status in ('completed', 'cancelled')) = (finished_at is not null)),
  constraint requests_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id)
);
create index requests_project_idx on lab.requests (project_id, id);
create index requests_due_idx on lab.requests (due_on) where status in ('submitted', 'in progress');
comment on table lab.requests is 'Who wants which tests on which samples by when.';
comment on column lab.requests.project_id is 'The project it belongs to.';
comment on column lab.requests.code is 'Code.';
comment on column lab.requests.title is 'What it is about.';
comment on column lab.requests.note is 'What else there is to know.';
comment on column lab.requests.priority is 'normal or urgent.';
comment on column lab.requests.due_on is 'The last day on which it is in time.';
comment on column lab.requests.status is 'submitted, in progress, completed or cancelled: follows from its tests.';
comment on column lab.requests.finished_at is 'When the last of its tests was done or cancelled.';

create table lab.tests (
  like private.governed including all,
  project_id uuid not null,
  request_id uuid not null,
  sample_id uuid not null,
  measurand text not null,
  method text,
  status text not null default 'requested',
  sop_run_id uuid,
  done_at timestamptz,
  done_by uuid,
  cancel_reason text,
  constraint tests_key unique nulls not distinct (lab_id, request_id, sample_id, measurand, method),
  constraint status_is_known check (status in ('requested', 'in progress', 'done', 'cancelled')),
  constraint in_progress_in_a_run check (status <> 'in progress' or sop_run_id is not null),
  constraint done_by_somebody check ((status = 'done') = (done_at is not null) and (done_at is null) = (done_by is null)),
  constraint cancelled_with_a_reason check ((status = 'cancelled') = (cancel_reason is not null)),
  constraint tests_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint tests_request_fk foreign key (lab_id, request_id) references lab.requests (lab_id, id),
  constraint tests_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id),
  constraint tests_measurand_fk foreign key (lab_id, measurand) references lab.measurands (lab_id, code),
  constraint tests_run_fk foreign key (lab_id, sop_run_id) references lab.sop_runs (lab_id, id),
  constraint tests_done_by_fk foreign key (lab_id, done_by) references lab.people (lab_id, id)
);
create index tests_project_idx on lab.tests (project_id, id);
create index tests_request_idx on lab.tests (request_id);
create index tests_sample_idx on lab.tests (lab_id, sample_id);
create index tests_measurand_idx on lab.tests (lab_id, measurand);
create index tests_run_idx on lab.tests (lab_id, sop_run_id);
create index tests_done_by_idx on lab.tests (lab_id, done_by);
comment on table lab.tests is 'What a request wants of one sample.';
comment on column lab.tests.project_id is 'The project it belongs to.';
comment on column lab.tests.request_id is 'The request.';
comment on column lab.tests.sample_id is 'The sample to be tested.';
comment on column lab.tests.measurand is 'Code of what is to be measured.';
comment on column lab.tests.method is 'How it is to be measured, where that matters.';
comment on column lab.tests.status is 'requested, in progress, done or cancelled.';
comment on column lab.tests.sop_run_id is 'The run that fulfils it.';
comment on column lab.tests.done_at is 'When it was done.';
comment on column lab.tests.done_by is 'Who did it, or ended the run that did.';
comment on column lab.tests.cancel_reason is 'Why it was cancelled.';
