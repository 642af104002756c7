-- The half of search that stands on policies: it runs as whoever asks, on tables whose row security answers.

create or replace function private.most_ranked()
returns integer
language sql immutable
set search_path = ''
as $$
  select 1000
$$;
grant execute on function private.most_ranked() to member;

-- What a query finds and the asker may see: by its code, and by its words. One row for a record that was found twice.
create or replace function private.find_visible(query text, kinds text[], project uuid)
returns table (kind text, record_id uuid, score integer, matched text, marks tsquery)
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.demand_kinds(kinds);
  return query
    with coded as materialized (
      select c.kind, c.record_id, c.score, 'code' as matched, private.search_query(private.search_terms(query)) as marks
      from private.find_codes(upper(btrim(query)), kinds, project) c
    ), worded as materialized (
      select * from private.find_documents(query, kinds, project, private.most_ranked())
    ), visible as (
      select i.id from (select w.kind, array_agg(w.record_id) as ids from worded w group by w.kind) k
      cross join lateral private.visible_ids(k.kind, k.ids) i (id)
    )
    select * from coded
    union all
    select w.* from worded w
    where w.record_id in (select v.id from visible v)
      and w.record_id not in (select c.record_id from coded c)
      and (w.matched = 'words' or not exists (select from coded));
end $$;
grant execute on function private.find_visible(text, text[], uuid) to member;

-- Records whose code is `typed`, or begins so, from three characters on: by the tables' own unique (lab_id, code), in their
-- order; the first 200 of each kind.
create or replace function private.find_codes(typed text, kinds text[], project uuid)
returns table (kind text, record_id uuid, score integer)
language plpgsql stable
set search_path = ''
as $$
declare
  statement constant text := (
    select string_agg(format(
      '(select %1$L, r.id, case when %2$s = $1 then 3000000 else 2000000 end
        from lab.%3$I r
        where r.lab_id = any ($2) and %2$s >= $1 and %2$s < $1 || chr(1114111) and starts_with(%2$s, $1) and ($3 is null or %4$s = $3)
        order by %2$s limit 200)', s.kind, s.code_sql, s.table_name, private.scope_sql(s)), ' union all ')
    from private.searchable_tables s
    where s.code_sql is not null and (kinds is null or s.kind = any (kinds)));
begin
  if length(typed) > 2 and statement is not null then
    return query execute statement using typed, array(select private.my_labs()), project;
  end if;
end $$;
grant execute on function private.find_codes(text, text[], uuid) to member;

create or replace function private.demand_kinds(kinds text[])
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  known constant text[] := array(select s.kind from private.searchable_tables s order by s.kind);
  wrong text;
begin
  select k into wrong from unnest(kinds) k where k is null or k <> all (known) limit 1;
  if found then
    perform private.refuse('PL180', array[coalesce(wrong, 'null')], array[array_to_string(known, ', ')]);
  end if;
end $$;
grant execute on function private.demand_kinds(text[]) to member;

create or replace function private.visible_ids(kind text, ids uuid[])
returns setof uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return query execute format('select r.id from lab.%I r where r.id = any ($1)',
    (select s.table_name from private.searchable_tables s where s.kind = visible_ids.kind)) using ids;
end $$;
grant execute on function private.visible_ids(text, uuid[]) to member;

-- What is shown of records of one kind.
create or replace function private.read_cards(kind text, ids uuid[])
returns table (id uuid, code text, title text, detail text, status text, project text, created_at timestamptz, more text)
language plpgsql stable
set search_path = ''
as $$
declare
  line private.searchable_tables;
  project text;
begin
  select s.* into strict line from private.searchable_tables s where s.kind = read_cards.kind;
  project := case (select g.scope from private.governed_tables g where g.table_name = line.table_name)
    when 'project' then '(select p.code from lab.projects p where p.id = r.project_id)' else 'null' end;
  return query execute format(
    'select r.id, %s::text, %s, %s::text, %s::text, %s::text, r.created_at, %s::text from lab.%I r where r.id = any ($1)',
    coalesce(line.code_sql, 'null'), line.title_sql, coalesce(line.detail_sql, 'null'), coalesce(line.status_sql, 'null'), project,
    format('concat_ws(%L, %s, %s)', ' ', coalesce(line.detail_sql, 'null'), coalesce(line.more_sql, 'null')), line.table_name)
  using ids;
end $$;
grant execute on function private.read_cards(text, uuid[]) to member;

-- A cursor is a score and an id.
create or replace function private.search_cursor(after text, out score integer, out record_id uuid)
language plpgsql immutable
set search_path = ''
as $$
begin
  if after is null then
    return;
  end if;
  score := split_part(after, ':', 1)::integer;
  record_id := split_part(after, ':', 2)::uuid;
exception when invalid_text_representation or numeric_value_out_of_range then
  perform private.refuse('PL181', array[after]);
end $$;
grant execute on function private.search_cursor(text) to member;

-- The text with «» around what the query asks for. Words are found in a copy that has the same length, so that the original
-- can be cut at the same places, with all its signs.
create or replace function private.mark_words(original text, wanted tsquery)
returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  piece text;
  at integer := 1;
  inside boolean := false;
  answer text := '';
begin
  if wanted is null or original is null then
    return original;
  end if;
  foreach piece in array regexp_split_to_array(
    ts_headline('private.words', regexp_replace(original, '[-_./:@+~<>&«»]', ' ', 'g'), wanted, 'HighlightAll=true, StartSel=«, StopSel=»'), '[«»]')
  loop
    answer := answer || case when inside then '«' || substr(original, at, length(piece)) || '»' else substr(original, at, length(piece)) end;
    at := at + length(piece);
    inside := not inside;
  end loop;
  return answer;
end $$;
grant execute on function private.mark_words(text, tsquery) to member;

-- Where a longer text first matches, with some words around it.
create or replace function private.snippet_of(original text, wanted tsquery)
returns text
language sql immutable
set search_path = ''
as $$
  select case when position('«' in m) > 60 then '… ' || regexp_replace(substr(m, position('«' in m) - 50, 200), '^\S*\s', '') else left(m, 200) end
  from private.mark_words(left(regexp_replace(original, '\s+', ' ', 'g'), 20000), wanted) m
  where wanted is not null and position('«' in m) > 0
$$;
grant execute on function private.snippet_of(text, tsquery) to member;
