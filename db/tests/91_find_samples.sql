-- Samples by typed conditions: what each operator finds, across units, dates and links, and what it never tells.

create function pg_temp.found(filter jsonb)
returns text
language sql
as $$ select coalesce(string_agg(r ->> 'name', ' ' order by r ->> 'name'), '') from api_v1.find_samples(filter, most => 1000) f, jsonb_array_elements(f.rows) r where r ->> 'name' like 'T-%' $$;
create function pg_temp.measured(rest jsonb)
returns jsonb
language sql
as $$ select jsonb_build_object('link', 'measurement', 'where', '[{"field": "measurand", "value": "titer"}]' || rest) $$;
grant execute on function pg_temp.found(jsonb), pg_temp.measured(jsonb) to public;

insert into lab.people (lab_id, login, name) select id, 'ines', 'Ines Alt' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'analyst' from lab.people p, lab.projects j where p.login = 'ines' and j.code = 'IMM' and j.lab_id = p.lab_id;
insert into lab.units (lab_id, code, name) select l.id, u, u from lab.labs l, unnest('{mg/L,g/L}'::text[]) u where l.code = 'DEMO' on conflict do nothing;
insert into lab.measurands (lab_id, code, name, unit) select id, 'titer', 'Titer', 'mg/L' from lab.labs where code = 'DEMO';
insert into lab.samples (lab_id, project_id, code, name, sample_type, amount, amount_unit, received_at)
  select p.lab_id, p.id, v.code, v.name, v.type, v.amount, v.unit, v.at::timestamptz
  from lab.projects p, (values
    ('S-TYPED2', 'T-mother', 'culture', 2, 'mL', '2026-03-01 09:00Z'),
    ('S-TYPED3', 'T-daughter', 'lysate', 1500, 'uL', '2026-03-31 23:00Z'),
    ('S-TYPED4', 'T-orphan', 'lysate', null, null, null)) v (code, name, type, amount, unit, at)
  where p.code = 'ENZ';
insert into lab.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'T-elsewhere', 'lysate' from lab.projects where code = 'IMM';
insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
  select c.lab_id, c.project_id, c.id, p.id, 'aliquot' from lab.samples c, lab.samples p where c.name = 'T-daughter' and p.name = 'T-mother';
insert into lab.measurements (lab_id, project_id, experiment_id, sample_id, measurand, value, reported, unit, qualifier, excluded_reason, measured_at)
  select s.lab_id, s.project_id, e.id, s.id, 'titer', v.value, coalesce(v.value::text, '-'), v.unit, v.qualifier, v.reason, '2026-04-02'
  from lab.experiments e, (values
    ('T-mother', 7, 'mg/L', null, null), ('T-orphan', 0.003, 'g/L', null, null), ('T-orphan', 90, 'mg/L', null, 'spilled'),
    ('T-daughter', 10, 'mg/L', '<', null), ('T-elsewhere', 8, 'mg/L', null, null)) v (name, value, unit, qualifier, reason)
  join lab.samples s on s.name = v.name
  where e.name = 'Puromycin';

select tap.as_person('tess');
select tap.as_person('dina');
-- Fields
select tap.same(pg_temp.found('{"field": "code", "value": " s-typed2"}'), 'T-mother', 'a code, typed carelessly');
select tap.same(pg_temp.found('{"field": "code", "op": "prefix", "value": "S-TYPED"}'), 'T-daughter T-mother T-orphan', 'the beginning of a code');
select tap.same(pg_temp.found('[{"field": "name", "op": "contains", "value": "daught"}]'), 'T-daughter', 'words, perhaps begun');
select tap.same(pg_temp.found('[{"field": "name", "op": "prefix", "value": "t-"}, {"field": "sample_type", "op": "in", "value": ["culture", "x"]}]'), 'T-mother', 'one of several');
select tap.same(pg_temp.found('[{"field": "name", "op": "prefix", "value": "t-"}, {"field": "sample_type", "op": "ne", "value": "lysate"}]'), 'T-mother', 'all but one');
select tap.same(pg_temp.found('{"field": "amount", "op": "gt", "value": 1.6, "unit": "mL"}'), 'T-mother', 'an amount, whatever unit it is kept in');
select tap.same(pg_temp.found('{"field": "amount", "op": "between", "value": [1400, 2100], "unit": "uL"}'), 'T-daughter T-mother', 'between two amounts');
select tap.same(pg_temp.found('[{"field": "amount", "op": "is_empty"}, {"field": "code", "op": "prefix", "value": "S-TYPED"}]'), 'T-orphan', 'no amount');
select tap.same(pg_temp.found('{"field": "received_at", "value": "2026-03-01"}'), 'T-mother', 'on a day');
select tap.same(pg_temp.found('{"field": "received_at", "op": "lte", "value": "2026-03"}'), 'T-daughter T-mother', 'up to a month, its last hour included');
select tap.same(pg_temp.found('{"field": "received_at", "op": "gt", "value": "2026-03-01"}'), 'T-daughter', 'after a day');
select tap.same(pg_temp.found('[{"field": "project", "value": "ENZ"}, {"any": [{"field": "name", "value": "T-orphan"}, {"field": "name", "value": "T-mother"}]}, {"not": {"field": "sample_type", "value": "culture"}}]'), 'T-orphan', 'all, any and not');

-- Links
select tap.same(pg_temp.found(pg_temp.measured('[{"field": "value", "op": "gt", "value": 5, "unit": "mg/L"}]')), 'T-elsewhere T-mother',
  'measured above a value; neither excluded values count, nor one that is only known to be less');
select tap.same(pg_temp.found(pg_temp.measured('[{"field": "value", "op": "lt", "value": 11000, "unit": "ug/L"}]')), 'T-daughter T-elsewhere T-mother T-orphan', 'below one, in other units');
select tap.same(pg_temp.found(pg_temp.measured('[{"field": "value", "op": "gt", "value": 50, "unit": "mg/L"}, {"field": "excluded", "value": true}]')), 'T-orphan', 'excluded values are found when asked for');
select tap.same(pg_temp.found(pg_temp.measured('[{"field": "measured_at", "op": "gte", "value": "2026-05"}]')), '', 'since a month');
select tap.same(pg_temp.found(jsonb_build_object('link', 'parent', 'where', pg_temp.measured('[{"field": "value", "op": "gt", "value": 5, "unit": "mg/L"}, {"field": "measured_at", "op": "gte", "value": "2026-03"}]'))),
  'T-daughter', 'samples whose parent''s titer is above 5 mg/L, measured since March');
select tap.same(pg_temp.found('{"link": "ancestor", "where": {"field": "name", "value": "T-mother"}}'), 'T-daughter', 'what comes from one');
select tap.same(pg_temp.found('{"link": "descendant", "where": {"field": "name", "value": "T-daughter"}}'), 'T-mother', 'what one comes from');
select tap.same(pg_temp.found('[{"field": "code", "op": "prefix", "value": "S-TYPED"}, {"not": {"link": "parent"}}, {"not": {"link": "child"}}]'), 'T-orphan', 'nothing made from it, nor it from anything');
select tap.same(pg_temp.found('{"link": "experiment", "where": {"field": "name", "value": "Puromycin"}}'), 'T-daughter T-elsewhere T-mother T-orphan', 'measured in an experiment');

-- Looked up or walked through: the same
select tap.same(
  array(select r ->> 'id' from api_v1.find_samples('[{"field": "name", "op": "prefix", "value": "t-"}]') f, jsonb_array_elements(f.rows) r),
  array(select r ->> 'id' from api_v1.find_samples('[{"field": "name", "op": "prefix", "value": "t-"}, {"any": [{"field": "code", "op": "prefix", "value": "S-"}, {"not": {"field": "code", "value": "S-TYPED2"}}]}]') f, jsonb_array_elements(f.rows) r),
  'both ways give the same samples in the same order');
select tap.same(
  (with recursive page as (
     select f.* from api_v1.find_samples('[]', most => 3) f
     union all select f.* from page p, api_v1.find_samples('[]', most => 3, after_id => p.next) f where p.next is not null)
   select array_agg(r ->> 'id' order by r ->> 'id') from page p, jsonb_array_elements(p.rows) r),
  (select array_agg(id::text order by id::text) from api_v1.samples), 'pages join without a gap or a repeat');
select tap.same((select found || ' ' || more from api_v1.count_samples('{"field": "code", "op": "prefix", "value": "S-TYPED"}')), '3 false', 'they are counted');

-- Refusals in words
select tap.throws($$select api_v1.find_samples('{"field": "colour", "value": "red"}')$$, 'PL182', 'an unknown field');
select tap.throws($$select api_v1.find_samples('{"field": "name\"; drop", "value": "x"}')$$, 'PL182', 'a name that is none');
select tap.throws($$select api_v1.find_samples('{"field": "status", "op": "gt", "value": "available"}')$$, 'PL183', 'an operator that does not fit');
select tap.throws($$select api_v1.find_samples('{"field": "amount", "op": "gt", "value": "1,5", "unit": "mL"}')$$, 'PL184', 'a number with a comma');
select tap.throws($$select api_v1.find_samples('{"field": "received_at", "value": "2026-02-31"}')$$, 'PL184', 'a day that is not in the calendar');
select tap.throws($$select api_v1.find_samples('{"field": "received_at", "value": "03/04/2026"}')$$, 'PL184', 'a date that could be two');
select tap.throws($$select api_v1.find_samples('{"field": "status", "value": "lost"}')$$, 'PL184', 'a word that the field never has');
select tap.throws($$select api_v1.find_samples('{"field": "amount", "op": "gt", "value": 5}')$$, 'PL185', '5 is no amount');
select tap.throws($$select api_v1.find_samples('{"field": "amount", "op": "gt", "value": 5, "unit": "drops of wine"}')$$, 'PL120', 'a unit that is none');
select tap.throws(format('select api_v1.find_samples(%L)', pg_temp.measured('[{"field": "value", "op": "gt", "value": 5, "unit": "mL"}]')), 'PL121', 'a titer in mL');
select tap.throws($$select api_v1.find_samples('"red"')$$, 'PL186', 'no condition at all');
select tap.throws(format('select api_v1.find_samples(%L)', repeat('[', 40) || repeat(']', 40)), 'PL187', 'a condition without end');
select tap.throws($$select api_v1.find_samples('{"link": "password"}')$$, 'PL188', 'an unknown link');
select tap.throws($$select api_v1.find_samples('[]', sort => 'name; drop table lab.samples')$$, 'PL189', 'an order that it does not know');
select tap.same(pg_temp.found('{"field": "name", "value": "x'' or true --"}') || pg_temp.found('{"field": "name", "op": "prefix", "value": "%"}'), '', 'a value is never read as SQL, nor as a pattern');

-- What is hidden
select tap.as_person('ines');
select tap.same(pg_temp.found('[]'), 'T-elsewhere', 'samples of another project are not found');
select tap.same(pg_temp.found('{"field": "code", "op": "prefix", "value": "S-TYPED"}'), '', 'nor by their codes');
select tap.same((select found from api_v1.count_samples('{"field": "code", "op": "prefix", "value": "S-TYPED"}')), 0, 'nor counted');
select tap.same(pg_temp.found('{"link": "child"}') || pg_temp.found('{"link": "experiment", "where": {"field": "name", "value": "Puromycin"}}'), '', 'a hidden record answers no condition');
select tap.same(pg_temp.found('[{"not": {"link": "experiment", "where": {"field": "name", "value": "Puromycin"}}}]'), 'T-elsewhere', 'and is as if it were not there');
select tap.same(coalesce((select sum(examined) from api_v1.find_samples('[]')), 0), (select count(*) from api_v1.samples), 'nor do the samples looked at tell of more');
select tap.as_person('sten');
select tap.same(pg_temp.found('[]'), '', 'a stranger finds none');
select tap.same((select count(*) from api_v1.search_fields where field like 'fields.%'), 0::bigint, 'nor the fields of another lab''s sample types');
select tap.as_migrator();

-- The catalog
select tap.same((select string_agg(l.link, ', ') from private.search_links l where not exists (select from private.search_fields f where f.entity = l.target)), null,
  'every link leads to fields');
select tap.as_person('dina');
select tap.same((select string_agg(entity || '.' || field, ', ') from private.search_fields f where tap.code_of(format('select api_v1.find_samples(%L)',
    case f.entity when 'sample' then jsonb_build_object('field', f.field, 'op', case when f.type = 'code' then 'ne' else 'is_not_empty' end, 'value', 'x')
      else jsonb_build_object('link', f.entity, 'where', jsonb_build_object('field', f.field, 'op', case when f.type = 'code' then 'ne' else 'is_not_empty' end, 'value', 'x')) end)) is not null),
  null, 'every field of the catalog can be asked');
