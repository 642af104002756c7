-- Entries: begun from a template, linked to records, and locked when they are done.

create table lab.entry_templates (
  like private.governed including all,
  name text not null,
  description text not null default '',
  document jsonb not null,
  active boolean not null default true,
  constraint entry_templates_name_key unique (lab_id, name),
  constraint template_has_a_name check (btrim(name) <> ''),
  constraint document_is_a_document check (jsonb_typeof(document) = 'object' and document ->> 'type' = 'doc'),
  constraint entry_templates_lab_fk foreign key (lab_id) references lab.labs (id)
);
comment on table lab.entry_templates is 'What an entry may begin with.';
comment on column lab.entry_templates.name is 'Name people use.';
comment on column lab.entry_templates.description is 'What it is for.';
comment on column lab.entry_templates.document is 'Rich text, as in an entry.';
comment on column lab.entry_templates.active is 'False: no new entry begins with it.';

alter table lab.entries
  add column template_id uuid,
  add column locked_at timestamptz,
  add column locked_by uuid,
  add constraint locked_by_somebody check ((locked_at is null) = (locked_by is null)),
  add constraint entries_template_fk foreign key (lab_id, template_id) references lab.entry_templates (lab_id, id),
  add constraint entries_locked_by_fk foreign key (lab_id, locked_by) references lab.people (lab_id, id);
create index entries_template_idx on lab.entries (lab_id, template_id);
create index entries_locked_by_idx on lab.entries (lab_id, locked_by);
comment on column lab.entries.template_id is 'The template it began with.';
comment on column lab.entries.locked_at is 'When it was locked: from then on it stays as it is.';
comment on column lab.entries.locked_by is 'Who locked it.';

create table lab.entry_links (
  like private.governed including all,
  project_id uuid not null,
  entry_id uuid not null,
  sample_id uuid,
  experiment_id uuid,
  result_id uuid,
  sop_run_id uuid,
  file_id uuid,
  plate_id uuid,
  note text not null default '',
  removed_at timestamptz,
  constraint link_leads_to_one_record check (num_nonnulls(sample_id, experiment_id, result_id, sop_run_id, file_id, plate_id) = 1),
  constraint entry_links_key unique nulls not distinct (lab_id, entry_id, sample_id, experiment_id, result_id, sop_run_id, file_id, plate_id),
  constraint entry_links_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint entry_links_entry_fk foreign key (lab_id, entry_id) references lab.entries (lab_id, id),
  constraint entry_links_sample_fk foreign key (lab_id, sample_id) references lab.samples (lab_id, id),
  constraint entry_links_experiment_fk foreign key (lab_id, experiment_id) references lab.experiments (lab_id, id),
  constraint entry_links_result_fk foreign key (lab_id, result_id) references lab.results (lab_id, id),
  constraint entry_links_run_fk foreign key (lab_id, sop_run_id) references lab.sop_runs (lab_id, id),
  constraint entry_links_file_fk foreign key (lab_id, file_id) references lab.files (lab_id, id),
  constraint entry_links_plate_fk foreign key (lab_id, plate_id) references lab.plates (lab_id, id)
);
create index entry_links_project_idx on lab.entry_links (project_id, id);
create index entry_links_sample_idx on lab.entry_links (lab_id, sample_id);
create index entry_links_experiment_idx on lab.entry_links (lab_id, experiment_id);
create index entry_links_result_idx on lab.entry_links (lab_id, result_id);
create index entry_links_run_idx on lab.entry_links (lab_id, sop_run_id);
create index entry_links_file_idx on lab.entry_links (lab_id, file_id);
create index entry_links_plate_idx on lab.entry_links (lab_id, plate_id);
comment on table lab.entry_links is 'Which records an entry speaks of.';
comment on column lab.entry_links.project_id is 'The project of the entry.';
comment on column lab.entry_links.entry_id is 'The entry.';
comment on column lab.entry_links.sample_id is 'The sample it leads to, if one.';
comment on column lab.entry_links.experiment_id is 'The experiment it leads to, if one.';
comment on column lab.entry_links.result_id is 'The result it leads to, if one.';
comment on column lab.entry_links.sop_run_id is 'The run it leads to, if one.';
comment on column lab.entry_links.file_id is 'The file it leads to, if one.';
comment on column lab.entry_links.plate_id is 'The plate it leads to, if one.';
comment on column lab.entry_links.note is 'What the record is to the entry.';
comment on column lab.entry_links.removed_at is 'When the link was taken away.';
