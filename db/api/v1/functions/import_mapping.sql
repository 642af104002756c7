-- What each column of the file means: proposed from names and from earlier imports, decided by a person.

create or replace function api_v1.propose_mapping(import_id uuid)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import constant lab.imports := private.demand_import(import_id, '{staging,judged}');
  mapping constant jsonb := (select jsonb_agg(p.item order by p.place) from private.propose_items(import) p);
  before constant lab.imports := private.import_like(import);
begin
  return jsonb_build_object(
    'mapping', mapping,
    'constants', coalesce(before.constants, '{}'),
    'decimal_sign', before.decimal_sign,
    'date_order', before.date_order,
    'questions', private.import_questions(import, mapping),
    'targets', (select jsonb_agg(jsonb_build_object('to', t.target, 'data_type', t.data_type, 'required', t.required, 'unit', t.unit))
                from private.import_targets(import.kind, import.lab_id) t),
    'same_file', coalesce(to_jsonb(private.same_file(import)), '[]'));
end $$;
comment on function api_v1.propose_mapping(uuid) is
$$What each column seems to mean, from its name and from earlier imports, and what has to be asked: decimal_sign, date_order, unit.

An item is {"to": target, "unit": unit}, {"skip": true} for what the database itself writes, or null where a person has to decide.
Where a file with the same headings was imported before, its answers are proposed again.$$;
grant execute on function api_v1.propose_mapping(uuid) to member;

-- The latest import with the same headings, whose answers are likely to be right again.
create or replace function private.import_like(import lab.imports)
returns lab.imports
language sql stable
set search_path = ''
as $$
  select i.*
  from lab.imports i
  where i.lab_id = import.lab_id and i.kind = import.kind and i.columns = import.columns and i.status in ('committed', 'undone')
  order by i.id desc
  limit 1
$$;
grant execute on function private.import_like(lab.imports) to member;

create or replace function private.propose_items(import lab.imports)
returns table (place integer, item jsonb)
language sql stable
set search_path = ''
as $$
  with heading as (
    select h.place::integer, h.heading, private.plain_heading(h.heading) as plain
    from unnest(import.columns) with ordinality h (heading, place)
  ), remembered as (
    select distinct on (private.plain_heading(c.heading)) private.plain_heading(c.heading) as plain, i.mapping -> (c.place - 1)::integer as item
    from (select * from lab.imports i
          where i.lab_id = import.lab_id and i.kind = import.kind and i.status = 'committed' order by i.id desc limit 50) i
    cross join unnest(i.columns) with ordinality c (heading, place)
    order by private.plain_heading(c.heading), i.id desc
  ), named as (
    select h.place, t.target, row_number() over (partition by t.target order by h.plain <> private.plain_heading(t.target), h.place) as nth
    from heading h
    join private.import_targets(import.kind, import.lab_id) t
      on h.plain in (private.plain_heading(t.target), private.plain_heading(regexp_replace(t.target, '^fields\.', ''))) or h.plain = any (t.synonyms)
  )
  select h.place, coalesce(
    r.item,
    (select jsonb_strip_nulls(jsonb_build_object('to', n.target, 'unit', private.unit_of_heading(h.heading)))
     from named n where n.place = h.place and n.nth = 1 limit 1),
    case when private.shown_only(h.heading) or private.is_computed(import.lab_id, h.heading) then '{"skip": true}'::jsonb end)
  from heading h
  left join remembered r on r.plain = h.plain and h.plain <> ''
$$;
grant execute on function private.propose_items(lab.imports) to member;

-- What cannot be told from the file: asked once, with examples.
create or replace function private.import_questions(import lab.imports, mapping jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  with asked as (
    select a.ask, m.place, import.columns[m.place] as heading, a.pattern
    from jsonb_array_elements(mapping) with ordinality m (item, place)
    join private.import_targets(import.kind, import.lab_id) t on t.target = m.item ->> 'to'
    join (values ('decimal_sign', '{number,field_number}'::text[], '^\s*[+-]?\d*,\d+\s*$'), ('date_order', '{date,field_date}', '^\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s*$')) a (ask, data_types, pattern)
      on t.data_type = any (a.data_types)
  ), found as (
    select a.ask, a.heading, e.example
    from asked a
    cross join lateral (
      select r ->> (a.place - 1)::integer as example
      from private.import_chunks c, jsonb_array_elements(c.rows) r
      where c.import_id = import.id and r ->> (a.place - 1)::integer ~ a.pattern
      limit 3) e
  ), unit as (
    select 'unit' as ask, import.columns[m.place] as heading
    from jsonb_array_elements(mapping) with ordinality m (item, place)
    join private.import_targets(import.kind, import.lab_id) t on t.target = m.item ->> 'to'
    where not m.item ? 'unit' and (t.data_type = 'field_number' and t.unit is distinct from '1'
      or t.target = 'amount' and not jsonb_path_exists(mapping, '$[*] ? (@.to == "amount_unit")'))
  )
  select coalesce(jsonb_agg(q.question), '[]')
  from (
    select jsonb_build_object('ask', f.ask, 'columns', jsonb_agg(distinct f.heading), 'examples', jsonb_agg(distinct f.example)) as question
    from found f group by f.ask
    union all
    select jsonb_build_object('ask', u.ask, 'columns', jsonb_build_array(u.heading)) from unit u) q
$$;
grant execute on function private.import_questions(lab.imports, jsonb) to member;

create or replace function api_v1.set_mapping(
  import_id uuid, mapping jsonb, decimal_sign text default null, date_order text default null, constants jsonb default '{}')
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import lab.imports := private.demand_import(import_id, '{staging,judged}');
begin
  if coalesce(decimal_sign, '.') not in ('.', ',') or coalesce(date_order, 'ymd') not in ('ymd', 'dmy', 'mdy') then
    perform private.refuse('PL008', array['Unknown decimal sign or date order.'], array['Expected . or , and ymd, dmy or mdy.']);
  end if;
  perform private.demand_mapping(import, mapping, coalesce(constants, '{}'));
  delete from private.import_rows r where r.import_id = import.id;
  update lab.imports i
  set mapping = set_mapping.mapping, constants = coalesce(set_mapping.constants, '{}'), decimal_sign = set_mapping.decimal_sign,
    date_order = set_mapping.date_order, status = 'staging', version = import.version
  where i.id = import.id;
  return jsonb_build_object('mapping', mapping);
end $$;
comment on function api_v1.set_mapping(uuid, jsonb, text, text, jsonb) is
$$Decides what each column is: one item per heading, {"to": target, "unit": unit} or {"skip": true}.

constants: by target, the value of every row where the file has no such column. decimal_sign: "." or ","; date_order: ymd, dmy or mdy.$$;
grant execute on function api_v1.set_mapping(uuid, jsonb, text, text, jsonb) to member;

create or replace function private.demand_mapping(import lab.imports, mapping jsonb, constants jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  targets constant text[] := array(select t.target from private.import_targets(import.kind, import.lab_id) t);
  bad record;
begin
  if mapping is null or jsonb_typeof(mapping) <> 'array' or jsonb_array_length(mapping) <> cardinality(import.columns) then
    perform private.refuse('PL008', array['A mapping has one item for each column.'], array[format('Expected %s items.', cardinality(import.columns))]);
  end if;
  select p.* into bad
  from private.mapping_problems(import, mapping, constants) p
  order by p.place
  limit 1;
  if bad.code = 'PL203' then
    perform private.refuse('PL203', array[bad.unit, format('column "%s"', bad.heading)], array[bad.problem]);
  elsif bad.code is not null then
    perform private.refuse(bad.code, array[bad.heading, bad.problem], array[array_to_string(targets, ', ')]);
  end if;
end $$;
grant execute on function private.demand_mapping(lab.imports, jsonb, jsonb) to member;

create or replace function private.mapping_problems(import lab.imports, mapping jsonb, constants jsonb)
returns table (place bigint, heading text, unit text, code text, problem text)
language sql stable
set search_path = ''
as $$
  with item as (
    select m.place, import.columns[m.place] as heading, m.item, m.item ->> 'to' as target, m.item ->> 'unit' as unit
    from jsonb_array_elements(mapping) with ordinality m (item, place)
    union all
    select 1000, c.key, jsonb_build_object('to', c.key), c.key, null from jsonb_each(constants) c
  ), judged as (
    select i.*, t.data_type, t.unit as target_unit, count(*) over (partition by i.target) as times,
      exists (select from item u where u.target = 'amount_unit') as has_unit_column
    from item i
    left join private.import_targets(import.kind, import.lab_id) t on t.target = i.target
  )
  select j.place, j.heading, coalesce(j.unit, ''), p.code, p.problem
  from judged j
  cross join lateral (select
    case when j.item @> '{"skip": true}' then null
      when j.target is null or j.data_type is null or j.times > 1 then 'PL195'
      when j.data_type = 'field_number' then case
        when coalesce(j.unit, nullif(j.target_unit, '1'), case when j.target_unit is null then '' end) is null then null
        when j.unit is null then 'PL203'
        when private.try_dimension_of(j.unit) is null then 'PL203'
        when j.target_unit is not null and private.try_dimension_of(j.unit) is distinct from private.dimension_of(j.target_unit) then 'PL203' end
      when j.unit is not null and j.target <> 'amount' then 'PL203'
      when j.unit is not null and not exists (select from lab.units u where u.lab_id = import.lab_id and u.code = j.unit) then 'PL203'
      when j.target = 'amount' and j.unit is null and not j.has_unit_column then 'PL203' end as code,
    case when j.target is null then 'nobody said what it is'
      when j.data_type is null then format('there is no "%s"', j.target)
      when j.times > 1 then format('"%s" is filled twice', j.target)
      when j.data_type = 'field_number' then coalesce(j.target_unit || ', or a unit that measures the same', 'the unit of the column, in UCUM')
      when j.unit is not null and j.target <> 'amount' then 'no unit'
      else 'a unit of the lab: ' || (select string_agg(u.code, ', ' order by u.code) from lab.units u where u.lab_id = import.lab_id) end as problem) p
  where p.code is not null
$$;
grant execute on function private.mapping_problems(lab.imports, jsonb, jsonb) to member;
