-- Operators spelled out by type, as private.operators_of has them: views stand before functions.
create or replace view api_v1.search_fields with (security_invoker) as
select f.entity, f.field, f.ordinal, f.type, f.unit, f.unit is null and f.unit_sql is not null as takes_unit, f.choices, f.description as label
from private.search_fields f
union all
select distinct on (s.key) 'sample', 'fields.' || s.key, 100 + s.ordinal,
  case s.data_type when 'date' then 'moment' when 'link' then 'text' when 'file' then 'text' else s.data_type end,
  s.unit, s.data_type = 'number', s.choices, s.label
from lab.sample_fields s
order by 1, 3;
comment on view api_v1.search_fields is
  'What find_samples can be asked about: fields of samples, of their sample types, and of the records that links lead to.';
comment on column api_v1.search_fields.entity is 'sample, or the kind of record a link leads to.';
comment on column api_v1.search_fields.field is 'Name in a condition.';
comment on column api_v1.search_fields.ordinal is 'Place in reading order.';
comment on column api_v1.search_fields.type is
  'text or code (eq, ne, in, prefix; text also contains, is_empty, is_not_empty), choice (eq, ne, in, is_empty, is_not_empty), number (also lt, lte, gt, gte, between), moment (eq, lt, lte, gt, gte, between, is_empty, is_not_empty) or boolean (eq, ne).';
comment on column api_v1.search_fields.unit is 'Its unit, where it is fixed; conditions may give any that converts to it.';
comment on column api_v1.search_fields.takes_unit is 'True: a condition must give a unit.';
comment on column api_v1.search_fields.choices is 'What it can be.';
comment on column api_v1.search_fields.label is 'What it is, in words.';
grant select on api_v1.search_fields to member;

create or replace view api_v1.search_links with (security_invoker) as
select l.entity, l.link, l.ordinal, l.target, l.description as label from private.search_links l;
comment on view api_v1.search_links is 'From which kind of record conditions of find_samples lead to which others.';
comment on column api_v1.search_links.entity is 'Where the link begins.';
comment on column api_v1.search_links.link is 'Name in a condition.';
comment on column api_v1.search_links.ordinal is 'Place in reading order.';
comment on column api_v1.search_links.target is 'The kind of record it leads to; its fields stand in search_fields.';
comment on column api_v1.search_links.label is 'What it is, in words.';
grant select on api_v1.search_links to member;
