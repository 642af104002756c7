-- Made from, asked from both ends; and the links that run against time, which alone can close a ring.

create index sample_origins_sample_idx on lab.sample_origins (sample_id);
create index sample_origins_project_idx on lab.sample_origins (project_id, id);
create index sample_origins_against_time_idx on lab.sample_origins (lab_id) where parent_id > sample_id;
