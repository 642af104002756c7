-- Which few records fulfil a part of a condition, where an index says so at once. A million samples then need not be walked:
-- the whole condition is asked of the few. Null: too many, or no index knows. Runs as whoever asks.

create or replace function private.probe(entity text, condition jsonb, depth integer default 1)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  list constant jsonb := case when jsonb_typeof(condition) = 'array' then condition else condition -> 'all' end;
begin
  if jsonb_typeof(list) = 'array' then
    return private.probe_all(entity, list, depth);
  elsif jsonb_typeof(condition -> 'any') = 'array' then
    return private.probe_any(entity, condition -> 'any', depth);
  elsif condition ? 'link' then
    return private.probe_link(entity, condition, depth);
  elsif condition ? 'field' then
    return private.probe_field(entity, condition, depth);
  end if;
  return null;
end $$;

-- Any one part that few fulfil will do; the fewest is best.
create or replace function private.probe_all(entity text, list jsonb, depth integer)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  part jsonb;
  ids uuid[];
  fewest uuid[];
begin
  for part in select p from jsonb_array_elements(list) p loop
    ids := private.probe(entity, part, depth + 1);
    if ids is not null and (fewest is null or cardinality(ids) < cardinality(fewest)) then
      fewest := ids;
    end if;
    exit when cardinality(fewest) < 50;
  end loop;
  return fewest;
end $$;

create or replace function private.probe_any(entity text, list jsonb, depth integer)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  part jsonb;
  ids uuid[];
  together uuid[] := '{}';
begin
  for part in select p from jsonb_array_elements(list) p loop
    ids := private.probe(entity, part, depth + 1);
    if ids is null or cardinality(together) > 2000 then
      return null;
    end if;
    together := together || ids;
  end loop;
  return together;
end $$;

create or replace function private.probe_field(entity text, condition jsonb, depth integer)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  field constant private.search_fields := private.demand_field(entity, condition ->> 'field');
  op constant text := coalesce(condition ->> 'op', 'eq');
begin
  if op = 'contains' and entity in (select s.kind from private.searchable_tables s) then
    return private.probe_words(entity, condition ->> 'value');
  elsif not field.indexed or op in ('ne', 'is_empty') then
    return null;
  elsif field.field like 'fields.%' then
    return private.probe_ids(format('select p.sample_id as id, true as fits from %s p where %s',
      private.typed_table(field), private.compare_typed_sql(field, op, condition, 'p')));
  elsif entity = 'sample' then
    return private.probe_ids(format('select p.id, true as fits from lab.samples p where p.lab_id = any (array(select private.my_labs())) and %s',
      private.plan_condition(entity, condition, 'p')));
  elsif entity = 'measurement' then
    return null; -- answered as a whole, by probe_measurements
  end if;
  return private.probe_ids(format('select p.id, true as fits from lab.%I p where %s', entity || 's', private.plan_condition(entity, condition, 'p')));
end $$;

create or replace function private.probe_link(entity text, condition jsonb, depth integer)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  link constant private.search_links := private.demand_link(entity, condition ->> 'link');
  ids uuid[];
begin
  if link.target = 'measurement' then
    return private.probe_measurements(link, coalesce(condition -> 'where', '[]'), depth);
  end if;
  ids := private.probe(link.target, coalesce(condition -> 'where', '[]'), depth + 1);
  if ids is null then
    return null;
  end if;
  return private.probe_ids(format('select b.id, true as fits from (%s) b (id)', replace(link.back_sql, '{ids}', format('%L::uuid[]', ids))));
end $$;

-- Samples with such measurements: looked up by measurand and value, unit by unit as the index has them, then asked the rest.
create or replace function private.probe_measurements(link private.search_links, condition jsonb, depth integer)
returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  list constant jsonb := case jsonb_typeof(condition) when 'array' then condition else coalesce(condition -> 'all', jsonb_build_array(condition)) end;
  measurand constant jsonb := jsonb_path_query_first(list, '$[*] ? (@.field == "measurand" && (@.op == "eq" || @.op == "in" || !exists (@.op)))');
  value constant jsonb := jsonb_path_query_first(list, '$[*] ? (@.field == "value" && @.op != "ne" && @.op != "is_empty" && @.op != "is_not_empty")');
  field constant private.search_fields := private.demand_field('measurement', 'value');
begin
  if measurand is null then
    return null;
  end if;
  return private.probe_ids((
    select string_agg(format('(select p.sample_id as id, %s as fits from lab.measurements p where %s and %s limit 10001)',
      private.plan_target(link, condition, 'p', depth), private.plan_condition('measurement', measurand, 'p'), replace(arm, '{a}', 'p')), ' union all ')
    from (select private.number_arms(field, coalesce(value ->> 'op', 'eq'), value) where value is not null union all select 'true' where value is null) a (arm)));
end $$;

create or replace function private.probe_words(entity text, words text)
returns uuid[]
language sql stable
set search_path = ''
as $$
  select case when count(*) <= 2000 then coalesce(array_agg(f.record_id), '{}') end
  from private.documents_with(entity, words, 2001) f
$$;

-- At most 2,000 ids, from at most 10,000 rows of an index; null where there are more. `source` gives id and fits.
create or replace function private.probe_ids(source text)
returns uuid[]
language plpgsql stable
set search_path = '' set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  looked_at bigint;
  ids uuid[];
begin
  if source is null then
    return '{}';
  end if;
  execute format('select count(*), array_agg(distinct s.id) filter (where s.fits and s.id is not null) from (select x.* from (%s) x limit 10001) s', source) into looked_at, ids;
  return case when looked_at <= 10000 and coalesce(cardinality(ids), 0) <= 2000 then coalesce(ids, '{}') end;
end $$;

grant execute on function
  private.probe(text, jsonb, integer), private.probe_all(text, jsonb, integer), private.probe_any(text, jsonb, integer),
  private.probe_field(text, jsonb, integer), private.probe_link(text, jsonb, integer),
  private.probe_measurements(private.search_links, jsonb, integer), private.probe_words(text, text), private.probe_ids(text)
  to member;
