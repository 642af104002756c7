-- What a column of a file can become. One line per target; judging, mapping and export follow from it.
-- data_type   text, number, whole, boolean, date, choice, code (the record's own), project, unit; a field of a sample type is
--             field_number, field_date, field_boolean or field_text
-- present     the value of a record that alias %1$s stands for; null for what is not part of the record
-- may_change  false: an import of an existing record must leave it as it is, for the reason in `fixed`

create or replace function private.import_targets(kind text, lab uuid)
returns table (target text, data_type text, required boolean, may_change boolean, low float8, high float8, unit text, choices text[],
  synonyms text[], present text, fixed text)
language sql stable
set search_path = ''
as $$
  select v.target, v.data_type, v.required, v.may_change, v.low, null::float8, null::text, v.choices, v.synonyms, v.present, v.fixed
  from (values
    ('code', 'code', false, false, null::float8, null::text[], '{samplecode,barcode}'::text[], null, null),
    ('version', 'whole', false, false, 1, null, '{}', null, null),
    ('project', 'project', false, false, null, null, '{projectcode}', null, null),
    ('name', 'text', true, true, null, null, '{sample,samplename,title}', '%1$s.name', null),
    ('sample_type', 'text', true, false, null, null, '{type,material,materialtype}', '%1$s.sample_type', 'a record keeps its type'),
    ('kind', 'choice', false, false, null, '{sample,standard,control,lot}', '{}', '%1$s.kind', 'a record keeps its kind'),
    ('description', 'text', false, true, null, null, '{comment,comments,notes,remarks}', '%1$s.description', null),
    ('status', 'choice', false, false, null, '{available,consumed,shipped,disposed,archived,missing}', '{state}', '%1$s.status', 'it changes by what is done to the sample'),
    ('amount', 'number', false, false, 0, null, '{quantity,volume,mass}', '%1$s.amount', 'it changes by taking from it or correcting it'),
    ('amount_unit', 'unit', false, false, null, null, '{unit,units}', '%1$s.amount_unit', 'it goes with the amount'),
    ('synthetic', 'boolean', false, true, null, null, '{}', '%1$s.synthetic', null))
    v (target, data_type, required, may_change, low, choices, synonyms, present, fixed)
  where import_targets.kind = 'samples'
  union all
  select f.* from private.field_targets(lab) f where import_targets.kind = 'samples'
$$;
grant execute on function private.import_targets(text, uuid) to member;

-- Fields of the lab's sample types. What a field accepts is the law of its type (private.judge_sample); here it is only read.
create or replace function private.field_targets(lab uuid)
returns table (target text, data_type text, required boolean, may_change boolean, low float8, high float8, unit text, choices text[],
  synonyms text[], present text, fixed text)
language sql stable
set search_path = ''
as $$
  select 'fields.' || f.key,
    case when count(distinct f.data_type) > 1 then 'field_text' when min(f.data_type) in ('number', 'date', 'boolean') then 'field_' || min(f.data_type) else 'field_text' end,
    false, true, null::float8, null::float8, case when count(distinct f.unit) = 1 then min(f.unit) end, null::text[],
    array_agg(distinct private.plain_heading(f.label)), format('(%%1$s.fields -> %L)', f.key), null::text
  from lab.sample_fields f
  where f.lab_id = field_targets.lab
  group by f.key
  having bool_and(f.computed is null)
$$;
grant execute on function private.field_targets(uuid) to member;

-- A field that is computed: a column of it is skipped, since its value follows from the others.
create or replace function private.is_computed(lab uuid, heading text)
returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from lab.sample_fields f
    where f.lab_id = is_computed.lab and f.computed is not null
      and private.plain_heading(heading) in (private.plain_heading(f.key), private.plain_heading(f.label)))
$$;
grant execute on function private.is_computed(uuid, text) to member;

-- A heading without its unit, case and punctuation: "Sample Name [x]" and "sample_name" are one.
create or replace function private.plain_heading(heading text)
returns text
language sql immutable
set search_path = ''
as $$
  select regexp_replace(regexp_replace(lower(heading), '\[[^]]*\]\s*$|\([^)]*\)\s*$', ''), '[^[:alnum:]]', '', 'g')
$$;
grant execute on function private.plain_heading(text) to member;

-- The unit that a heading names at its end, in brackets.
create or replace function private.unit_of_heading(heading text)
returns text
language sql immutable
set search_path = ''
as $$
  select nullif(btrim(coalesce(substring(heading from '\[([^]]*)\]\s*$'), substring(heading from '\(([^)]*)\)\s*$'))), '')
$$;
grant execute on function private.unit_of_heading(text) to member;

-- Shown by lists and exports, written by the database alone: a column of it is skipped.
create or replace function private.shown_only(heading text)
returns boolean
language sql immutable
set search_path = ''
as $$
  select private.plain_heading(heading) = any ('{id,labid,projectid,createdat,createdby,updatedat,updatedby,typeid,typeversion,thawcount,custodianid,receivedat,condition,conditionnote,placeid,position}')
$$;
grant execute on function private.shown_only(text) to member;
