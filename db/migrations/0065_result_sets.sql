-- Result sets: named, versioned bundles of results, reviewed and released by others than who made them, and frozen from then on.

create table lab.result_sets (
  like private.governed including all,
  project_id uuid not null,
  code text not null default private.new_code_v2('U'),
  name text not null,
  number integer not null default 1,
  status text not null default 'preliminary',
  corrects_id uuid,
  correction_reason text,
  reviewed_at timestamptz,
  reviewed_by uuid,
  released_at timestamptz,
  released_by uuid,
  invalid_reason text,
  content text,
  content_sha256 text,
  constraint result_sets_key unique (lab_id, code, number),
  constraint result_set_has_a_name check (btrim(name) <> ''),
  constraint status_is_known check (status in ('preliminary', 'reviewed', 'released', 'corrected', 'invalidated')),
  constraint number_counts check (number >= 1 and (number > 1) = (corrects_id is not null)),
  constraint corrected_with_a_reason check ((corrects_id is null) = (correction_reason is null)),
  constraint reviewed_by_somebody check ((reviewed_at is null) = (reviewed_by is null) and (status not in ('reviewed', 'released', 'corrected') or reviewed_at is not null)),
  constraint released_by_somebody check ((released_at is null) = (released_by is null) and (released_at is null) = (content is null)
    and (status not in ('released', 'corrected') or released_at is not null)),
  constraint invalid_with_a_reason check ((status = 'invalidated') = (invalid_reason is not null)),
  constraint content_is_what_was_hashed check (content_sha256 is not distinct from encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  constraint result_sets_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint result_sets_corrects_fk foreign key (lab_id, corrects_id) references lab.result_sets (lab_id, id),
  constraint result_sets_reviewed_by_fk foreign key (lab_id, reviewed_by) references lab.people (lab_id, id),
  constraint result_sets_released_by_fk foreign key (lab_id, released_by) references lab.people (lab_id, id)
);
create index result_sets_project_idx on lab.result_sets (project_id, id);
create unique index one_correction_each on lab.result_sets (lab_id, corrects_id) where status <> 'invalidated';
create index result_sets_corrects_idx on lab.result_sets (lab_id, corrects_id);
create index result_sets_reviewed_by_idx on lab.result_sets (lab_id, reviewed_by);
create index result_sets_released_by_idx on lab.result_sets (lab_id, released_by);
comment on table lab.result_sets is 'Named, versioned bundles of results.';
comment on column lab.result_sets.project_id is 'The project it belongs to.';
comment on column lab.result_sets.code is 'Code; all versions of a set carry the same.';
comment on column lab.result_sets.name is 'Name people use.';
comment on column lab.result_sets.number is 'Version of the set, counted from 1.';
comment on column lab.result_sets.status is 'preliminary, reviewed, released, corrected or invalidated.';
comment on column lab.result_sets.corrects_id is 'The version that this one corrects.';
comment on column lab.result_sets.correction_reason is 'Why it was corrected.';
comment on column lab.result_sets.reviewed_at is 'When it was reviewed.';
comment on column lab.result_sets.reviewed_by is 'Who reviewed it.';
comment on column lab.result_sets.released_at is 'When it was released.';
comment on column lab.result_sets.released_by is 'Who released it.';
comment on column lab.result_sets.invalid_reason is 'Why it does not hold.';
comment on column lab.result_sets.content is 'What was released, as text that is readable for ever.';
comment on column lab.result_sets.content_sha256 is 'SHA-256 of the content, lower-case hexadecimal.';

create table lab.result_set_items (
  like private.governed including all,
  project_id uuid not null,
  result_set_id uuid not null,
  result_id uuid not null,
  constraint result_set_items_key unique (lab_id, result_set_id, result_id),
  constraint result_set_items_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint result_set_items_set_fk foreign key (lab_id, result_set_id) references lab.result_sets (lab_id, id),
  constraint result_set_items_result_fk foreign key (lab_id, result_id) references lab.results (lab_id, id)
);
create index result_set_items_project_idx on lab.result_set_items (project_id, id);
create index result_set_items_set_idx on lab.result_set_items (result_set_id);
create index result_set_items_result_idx on lab.result_set_items (lab_id, result_id);
comment on table lab.result_set_items is 'The results of a set.';
comment on column lab.result_set_items.project_id is 'The project of the set.';
comment on column lab.result_set_items.result_set_id is 'The set, in one of its versions.';
comment on column lab.result_set_items.result_id is 'The result.';
