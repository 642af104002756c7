-- Exports of plate readers, untouched, as they were committed to a plate.

create table lab.plate_files (
  like private.governed including all,
  project_id uuid not null,
  plate_id uuid not null,
  measurand text not null,
  content text not null,
  content_sha256 text not null,
  file_id uuid,
  constraint same_content_once unique (lab_id, plate_id, content_sha256),
  constraint plate_files_project_fk foreign key (lab_id, project_id) references lab.projects (lab_id, id),
  constraint plate_files_plate_fk foreign key (lab_id, plate_id) references lab.plates (lab_id, id),
  constraint plate_files_measurand_fk foreign key (lab_id, measurand) references lab.measurands (lab_id, code),
  constraint plate_files_file_fk foreign key (lab_id, file_id) references lab.files (lab_id, id)
);
comment on table lab.plate_files is 'Exports of plate readers that were committed to a plate.';
comment on column lab.plate_files.project_id is 'The project it belongs to.';
comment on column lab.plate_files.plate_id is 'The plate it was committed to.';
comment on column lab.plate_files.measurand is 'Code of what it holds.';
comment on column lab.plate_files.content is 'The export as it came.';
comment on column lab.plate_files.content_sha256 is 'SHA-256 of the content, to notice the same export again.';
comment on column lab.plate_files.file_id is 'The same export in the object store, if it was uploaded.';
