-- Why a run was aborted, and who closed a deviation.

alter table lab.sop_runs
  add column abort_reason text,
  add constraint aborted_with_a_reason check ((status = 'aborted') = (abort_reason is not null));
comment on column lab.sop_runs.abort_reason is 'Why it was aborted.';

alter table lab.deviations
  add column closed_at timestamptz,
  add column closed_by uuid,
  add constraint closed_by_somebody check ((status = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
  add constraint deviations_closed_by_fk foreign key (lab_id, closed_by) references lab.people (lab_id, id);
create index deviations_closed_by_idx on lab.deviations (lab_id, closed_by);
comment on column lab.deviations.closed_at is 'When it was closed.';
comment on column lab.deviations.closed_by is 'Who closed it.';
