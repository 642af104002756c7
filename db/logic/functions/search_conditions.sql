-- Conditions on samples as data, and the SQL they become. Names come from the catalog of fields and links, values are checked
-- against their type and quoted: nothing a person sends is ever read as SQL. It runs as whoever asks, on policy-checked tables.
--   {"field": "amount", "op": "gt", "value": 5, "unit": "mL"}          a field; without "op" it is eq
--   {"link": "parent", "where": …}                                     a linked record that fits; without "where" any
--   […] or {"all": […]}, {"any": […]}, {"not": …}                      together

create or replace function private.plan_condition(entity text, condition jsonb, alias text, depth integer default 1)
returns text
language plpgsql stable
set search_path = ''
as $$
begin
  if depth > 12 or length(condition::text) > 20000 then
    perform private.refuse('PL187');
  elsif jsonb_typeof(condition) = 'array' then
    return private.plan_list(entity, condition, ' and ', alias, depth);
  elsif jsonb_typeof(condition -> 'all') = 'array' then
    return private.plan_list(entity, condition -> 'all', ' and ', alias, depth);
  elsif jsonb_typeof(condition -> 'any') = 'array' then
    return private.plan_list(entity, condition -> 'any', ' or ', alias, depth);
  elsif jsonb_typeof(condition) is distinct from 'object' then
    perform private.refuse('PL186', array[coalesce(left(condition::text, 60), 'null')]);
  elsif condition ? 'not' then
    return format('(%s) is not true', private.plan_condition(entity, condition -> 'not', alias, depth + 1));
  elsif jsonb_typeof(condition -> 'link') = 'string' then
    return private.plan_link(entity, condition, alias, depth);
  elsif jsonb_typeof(condition -> 'field') = 'string' then
    return private.plan_field(entity, condition, alias, depth);
  end if;
  perform private.refuse('PL186', array[left(condition::text, 60)]);
end $$;

create or replace function private.plan_list(entity text, list jsonb, joined text, alias text, depth integer)
returns text
language sql stable
set search_path = ''
as $$
  select coalesce(string_agg('(' || private.plan_condition(entity, c, alias, depth + 1) || ')', joined), (joined = ' and ')::text)
  from jsonb_array_elements(list) c
$$;

create or replace function private.plan_link(entity text, condition jsonb, alias text, depth integer)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  link constant private.search_links := private.demand_link(entity, condition ->> 'link');
  inner_alias constant text := 't' || depth;
begin
  return format('exists (select from %s and (%s))',
    replace(replace(link.from_sql, '{s}', alias), '{t}', inner_alias),
    private.plan_target(link, coalesce(condition -> 'where', '[]'), inner_alias, depth));
end $$;

-- What the linked record must fulfil; what does not count unless it is asked for is left out.
create or replace function private.plan_target(link private.search_links, condition jsonb, alias text, depth integer)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  is_asked constant boolean := jsonb_path_exists(condition, '$.**.field ? (@ == $f)', jsonb_build_object('f', link.unless_asked));
begin
  if link.target = 'measurement' then
    perform private.demand_measurable(condition);
  end if;
  return format('(%s)', private.plan_condition(link.target, condition, alias, depth + 1))
    || case when link.unless_sql is not null and not is_asked then ' and ' || replace(link.unless_sql, '{t}', alias) else '' end;
end $$;

-- 5 mL of glucose in mg/L is no question: where one measurand is named, its values are asked in units that fit.
create or replace function private.demand_measurable(condition jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  named constant jsonb := jsonb_path_query_array(condition, '$.** ? (@.field == "measurand" && (@.op == "eq" || !exists (@.op))).value');
  given text;
  usual text;
begin
  if (select count(distinct m) from jsonb_array_elements(named) m) = 1 then
    select m.unit into usual from lab.measurands m where m.code = named ->> 0 limit 1;
    for given in select u #>> '{}' from jsonb_path_query(condition, '$.** ? (@.field == "value").unit') u where usual is not null loop
      perform private.demand_same_dimension(given, usual);
    end loop;
  end if;
end $$;

create or replace function private.plan_field(entity text, condition jsonb, alias text, depth integer)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  field constant private.search_fields := private.demand_field(entity, condition ->> 'field');
  op constant text := coalesce(condition ->> 'op', 'eq');
begin
  if op <> all (private.operators_of(field.type)) then
    perform private.refuse('PL183', array[field.field, op], array[array_to_string(private.operators_of(field.type), ', ')]);
  elsif field.field like 'fields.%' then
    return private.plan_typed_field(field, op, condition, alias, 't' || depth);
  end if;
  return replace(private.compare_sql(field, op, condition), '{a}', alias);
end $$;

-- A field of a sample type stands in a row of its own, or nowhere.
create or replace function private.plan_typed_field(field private.search_fields, op text, condition jsonb, alias text, inner_alias text)
returns text
language sql stable
set search_path = ''
as $$
  select case when op in ('is_empty', 'ne') then 'not ' else '' end
    || format('exists (select from %s %s where %2$s.sample_id = %s.id and %s)', private.typed_table(field), inner_alias, alias,
      private.compare_typed_sql(field, case op when 'is_empty' then 'is_not_empty' when 'ne' then 'eq' else op end, condition, inner_alias))
$$;

create or replace function private.compare_typed_sql(field private.search_fields, op text, condition jsonb, alias text)
returns text
language sql stable
set search_path = ''
as $$
  select format('%s.field = %L and %s', alias, substr(field.field, 8), replace(private.compare_sql(field, op, condition), '{a}', alias))
$$;

create or replace function private.typed_table(field private.search_fields)
returns text
language sql immutable
set search_path = ''
as $$
  select 'private.' || case field.type when 'number' then 'sample_numbers' when 'moment' then 'sample_dates' else 'sample_texts' end
$$;

create or replace function private.demand_field(entity text, name text)
returns private.search_fields
language plpgsql stable
set search_path = ''
as $$
declare
  field private.search_fields;
begin
  select f.* into field from private.search_fields f where f.entity = demand_field.entity and f.field = name;
  if not found and entity = 'sample' and name like 'fields.%' then
    field := private.typed_search_field(substr(name, 8));
  end if;
  if field.field is null then
    perform private.refuse('PL182', array[name, entity], array[
      (select string_agg(f.field, ', ' order by f.ordinal) from private.search_fields f where f.entity = demand_field.entity)
      || case entity when 'sample' then ', fields.<key of a field of a sample type>' else '' end]);
  end if;
  return field;
end $$;

-- A field of a sample type; where several types have one of that key, the newest version says what it is.
create or replace function private.typed_search_field(key text)
returns private.search_fields
language sql stable
set search_path = ''
as $$
  select ('sample', 'fields.' || f.key, 100,
    case f.data_type when 'date' then 'moment' when 'link' then 'text' when 'file' then 'text' else f.data_type end,
    case f.data_type when 'boolean' then '({a}.value = ''true'')' else '{a}.value' end,
    f.unit, null, f.choices, true, f.label)::private.search_fields
  from lab.sample_fields f
  where f.key = typed_search_field.key
  order by f.created_at desc, f.id desc
  limit 1
$$;

create or replace function private.demand_link(entity text, name text)
returns private.search_links
language plpgsql stable
set search_path = ''
as $$
declare
  link private.search_links;
begin
  select l.* into link from private.search_links l where l.entity = demand_link.entity and l.link = name;
  if not found then
    perform private.refuse('PL188', array[entity, name], array[coalesce(
      (select string_agg(l.link, ', ' order by l.ordinal) from private.search_links l where l.entity = demand_link.entity), 'nothing')]);
  end if;
  return link;
end $$;

create or replace function private.operators_of(type text)
returns text[]
language sql immutable
set search_path = ''
as $$
  select case type
    when 'text' then '{eq,ne,in,prefix,contains,is_empty,is_not_empty}'::text[]
    when 'code' then '{eq,ne,in,prefix}'
    when 'choice' then '{eq,ne,in,is_empty,is_not_empty}'
    when 'number' then '{eq,ne,lt,lte,gt,gte,between,in,is_empty,is_not_empty}'
    when 'moment' then '{eq,lt,lte,gt,gte,between,is_empty,is_not_empty}'
    when 'boolean' then '{eq,ne,is_empty,is_not_empty}'
  end
$$;

grant execute on function
  private.plan_condition(text, jsonb, text, integer), private.plan_list(text, jsonb, text, text, integer),
  private.plan_link(text, jsonb, text, integer), private.plan_target(private.search_links, jsonb, text, integer),
  private.demand_measurable(jsonb), private.plan_field(text, jsonb, text, integer),
  private.plan_typed_field(private.search_fields, text, jsonb, text, text),
  private.compare_typed_sql(private.search_fields, text, jsonb, text), private.typed_table(private.search_fields),
  private.demand_field(text, text), private.typed_search_field(text), private.demand_link(text, text), private.operators_of(text)
  to member;
