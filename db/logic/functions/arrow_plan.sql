-- The query that turns a page of rows into Arrow buffers, as text. `source` selects the page; its columns are those of arrow.plan_source.

create or replace function arrow.plan_page(columns arrow.columns[], source text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('with page as %s (%s)%s select count(*), %s, array[%s]::bytea[], jsonb_build_array(%s) from (select *%s from page) p',
    case when 'page' = any (array_agg((e.c).dictionary)) then 'materialized' else 'not materialized' end,
    source,
    coalesce(string_agg(', ' || arrow.plan_dictionary(e.c), '' order by e.place), ''),
    string_agg(arrow.plan_node(e.c), ' || ' order by e.place),
    string_agg(arrow.plan_validity(e.c) || ', ' || arrow.plan_values(e.c), ', ' order by e.place),
    string_agg(format('(select words from %I)', 'words ' || (e.c).name), ', ' order by e.place) filter (where (e.c).dictionary is not null),
    coalesce(string_agg(arrow.plan_reach(e.c), '' order by e.place), ''))
  from arrow.each(columns) e
$$;

-- What the page has to select: each column once, in the form in which it is written.
create or replace function arrow.plan_source(columns arrow.columns[])
returns text
language sql immutable
set search_path = ''
as $$
  select string_agg(case (e.c).kind
    when 'uuid' then format('%1$I::text as %1$I', (e.c).name)
    when 'json' then format('%1$I::text as %1$I', (e.c).name)
    when 'text' then format('%1$I::text as %1$I', (e.c).name)
    when 'array' then format('to_json(%1$I)::text as %1$I', (e.c).name)
    else format('%I', (e.c).name)
  end, ', ' order by e.place)
  from arrow.each(columns) e
$$;

-- Rows and nulls.
create or replace function arrow.plan_node(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select case when c.nullable
    then format('arrow.le8(count(*)) || arrow.le8(count(*) - count(p.%I))', c.name)
    else 'arrow.le8(count(*)) || arrow.le8(0)'
  end
$$;

-- Which values are there; empty means all.
create or replace function arrow.plan_validity(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select case when c.nullable
    then format('case when count(p.%1$I) = count(*) then '''' else arrow.bitmap(string_agg(case when p.%1$I is null then ''0'' else ''1'' end, '''')) end', c.name)
    else ''''''
  end
$$;

-- The buffers of a column behind its validity: offsets and text, or values alone. A value that is null still takes its room.
create or replace function arrow.plan_values(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when c.dictionary is not null then arrow.plan_codes(c)
    when c.kind = 'uuid' then format(
      'substr((select bytes from arrow.uuid_offsets), 1, 4 + 4 * count(*)::integer), convert_to(string_agg(%s, ''''), ''UTF8'')',
      arrow.plan_filled(c, format('p.%I', c.name), quote_literal(repeat(' ', 36))))
    when c.kind in ('text', 'json', 'array') then format(
      '''\x00000000''::bytea || string_agg(reverse(int4send(%s)), ''''), coalesce(convert_to(string_agg(p.%I, ''''), ''UTF8''), '''')',
      arrow.plan_filled(c, format('p.%I::integer', 'reach ' || c.name), '0'), c.name)
    when c.kind = 'bool' then format('arrow.bitmap(string_agg(case when p.%I then ''1'' else ''0'' end, ''''))', c.name)
    else format('string_agg(%s, '''')', arrow.plan_filled(c, arrow.plan_bytes(c), quote_literal('\x' || repeat('00', arrow.width_of(c.kind))) || '::bytea'))
  end
$$;

create or replace function arrow.plan_filled(c arrow.columns, expression text, filling text)
returns text
language sql immutable
set search_path = ''
as $$
  select case when c.nullable then format('coalesce(%s, %s)', expression, filling) else expression end
$$;

create or replace function arrow.width_of(kind text) returns integer
language sql immutable parallel safe
return case kind when 'int2' then 2 when 'int4' then 4 when 'float4' then 4 when 'date' then 4 else 8 end;

-- The little-endian bytes of one value. Built-ins only: a call per value would cost more than all the rest.
create or replace function arrow.plan_bytes(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select format(case c.kind
    when 'timestamptz' then
      'reverse(int8send(case when not isfinite(p.%1$I) then arrow.refuse_infinite(%1$L) else timestamptz_send(p.%1$I)::bigint + 946684800000000 end))'
    when 'date' then
      'reverse(int4send(case when not isfinite(p.%1$I) then arrow.refuse_infinite(%1$L)::integer else p.%1$I - date ''1970-01-01'' end))'
    else 'reverse(' || c.kind || 'send(p.%1$I))'
  end, c.name)
$$;

-- Where each text ends, counted from the beginning of the page.
create or replace function arrow.plan_reach(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select case when c.kind in ('text', 'json', 'array') and c.dictionary is null
    then format(', sum(octet_length(%I)) over (rows unbounded preceding) as %I', c.name, 'reach ' || c.name)
  end
$$;

-- A dictionary is looked up in one jsonb object, word → code in hexadecimal; codes are joined as text and decoded once.
create or replace function arrow.plan_dictionary(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select format('%I as materialized (select jsonb_object_agg(word, encode(arrow.le4(place::integer), ''hex'')) as codes, coalesce(jsonb_agg(word order by place), ''[]'') as words
    from (select word, row_number() over () - 1 as place from (%s) w (word)) x)',
    'words ' || c.name,
    case c.dictionary
      when 'page' then format('select distinct %1$I from page where %1$I is not null', c.name)
      else format('select distinct code from %s', c.dictionary)
    end)
  where c.dictionary is not null
$$;

create or replace function arrow.plan_codes(c arrow.columns)
returns text
language sql immutable
set search_path = ''
as $$
  select format('decode(string_agg(%s, ''''), ''hex'')', case when c.nullable
    then format('case when p.%I is null then ''00000000'' else %s end', c.name, l.lookup)
    else l.lookup
  end)
  from (select format('coalesce((select codes from %I) ->> p.%I, arrow.meet_unknown_word())', 'words ' || c.name, c.name) as lookup) l
$$;

grant execute on all functions in schema arrow to member;
