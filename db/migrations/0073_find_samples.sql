-- What samples can be asked about: fields, and links to records with fields of their own. Filled from logic/catalog/search_fields.sql.

create table private.search_fields (
  entity text not null,
  field text not null,
  ordinal integer not null,
  type text not null,
  sql text not null,
  unit text,
  unit_sql text,
  choices text[],
  indexed boolean not null,
  description text not null,
  primary key (entity, field),
  constraint type_is_known check (type in ('text', 'code', 'number', 'moment', 'boolean', 'choice'))
);

create table private.search_links (
  entity text not null,
  link text not null,
  ordinal integer not null,
  target text not null,
  from_sql text not null,
  back_sql text not null,
  unless_asked text,
  unless_sql text,
  description text not null,
  primary key (entity, link)
);
grant select on private.search_fields, private.search_links to member;

-- "glucose above 5 mg/L", within the projects that one may see.
create index measurements_value_idx on lab.measurements (project_id, measurand, value);

create type api_v1.sample_page as (
  rows jsonb,
  next uuid,
  examined integer
);
comment on type api_v1.sample_page is
  'Samples that fit, as rows of the view samples. Send next back as after_id to go on, even where rows are few or none; null: there are no more. examined says how many samples were looked at.';
grant usage on type api_v1.sample_page to member;

-- Where a walk through the samples stands.
create type private.sample_walk as (ids uuid[], next uuid, examined integer);
grant usage on type private.sample_walk to member;
