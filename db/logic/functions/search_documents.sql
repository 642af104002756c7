-- owner: law
-- What search finds before policies are asked: ids among the asker's own scopes. Whoever calls these joins what they
-- return with policy-checked tables, so nothing more is ever shown than found here, and often less.

-- The words of a query, at most twelve, as the documents have them.
create or replace function private.search_terms(query text)
returns text[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(t.lexeme), '{}')
  from (
    select w.lexeme
    from unnest(to_tsvector('private.words', regexp_replace(left(query, 300), '[-_./:@+~<>&]', ' ', 'g'))) w
    order by w.positions[1]
    limit 12) t
$$;
grant execute on function private.search_terms(text) to member;

-- All the words. `begun`: how many of them, counted from the last, may also be the beginning of a longer one.
create or replace function private.search_query(terms text[], begun integer default 12, joined text default ' & ')
returns tsquery
language sql immutable
set search_path = ''
as $$
  select string_agg(quote_literal(t) || case when length(t) > 1 and n > cardinality(terms) - begun then ':*' else '' end, joined order by n)::tsquery
  from unnest(terms) with ordinality w (t, n)
$$;
grant execute on function private.search_query(text[], integer, text) to member;

-- The projects whose records the asker may see, and the labs whose common records he may see; `project` narrows to one.
create or replace function private.search_scopes(project uuid)
returns uuid[]
language sql stable
set search_path = ''
as $$
  select array(
    select s from (select private.my_projects() union select private.my_labs()) x (s)
    where search_scopes.project is null or s = search_scopes.project)
$$;

-- Each term and the words of titles that are like it, or that contain it.
create or replace function private.search_alike(terms text[], scopes uuid[])
returns tsquery
language sql stable
set search_path = ''
as $$
  select string_agg('(' || a.words || ')', ' & ')::tsquery
  from unnest(terms) t
  cross join lateral (
    select string_agg(quote_literal(w.word), ' | ') as words
    from (
      select t as word
      union
      (select k.word
       from (select distinct s.word from private.search_words s
             where s.scope_id = any (scopes) and (s.word operator(extensions.%) t or (length(t) > 2 and s.word like '%' || t || '%'))) k
       order by extensions.similarity(k.word, t) desc, k.word limit 8)) w) a
$$;

-- At most `most` documents that hold the words, the newest; any documents where `wanted` is null. The title weighs most, and
-- whole words more than beginnings. Single records that were granted are among them, forbidden ones are not.
create or replace function private.newest_documents(wanted tsquery, terms text[], kinds text[], project uuid, most integer)
returns table (kind text, record_id uuid, score integer)
language plpgsql stable
set search_path = ''
as $$
declare
  scopes constant uuid[] := private.search_scopes(project);
  granted constant uuid[] := array(select private.my_granted());
  denied constant uuid[] := array(select private.my_denied());
  few constant boolean := cardinality(scopes) < 7;
  part uuid;
begin
  -- Who sees little is served scope by scope, who sees much lab by lab. Dynamic, so that each query is planned with its own
  -- words: a common one is walked from the newest on, a rare one is looked up.
  for part in select p from unnest(case when few then scopes else array(select private.my_labs()) end) p loop
    return query execute private.documents_sql(
      case when few then 'd.scope_id = $4' else 'd.lab_id = $4 and d.scope_id = any ($5)' end, wanted is not null, kinds is not null, denied <> '{}')
    using wanted, private.search_query(terms, 12, ' | '), private.search_query(terms, 0), part, scopes, kinds, denied, granted, project, most;
  end loop;
  if granted <> '{}' then
    return query execute private.documents_sql(
      'd.lab_id = any (array(select private.my_labs())) and d.record_id = any ($8) and d.scope_id <> all ($5) and ($9 is null or d.scope_id = $9)',
      wanted is not null, kinds is not null, denied <> '{}')
    using wanted, private.search_query(terms, 12, ' | '), private.search_query(terms, 0), null::uuid, scopes, kinds, denied, granted, project, most;
  end if;
end $$;

create or replace function private.documents_sql(among text, has_words boolean, has_kinds boolean, has_denied boolean)
returns text
language sql immutable
set search_path = ''
as $$
  select 'select d.kind, d.record_id, '
    || case when has_words then '(100000 * (ts_rank(''{0.1, 0.2, 0.4, 1}'', d.words, $2) + (d.words @@ $3)::integer))::integer' else '0' end
    || ' from private.search_documents d where ' || among
    || case when has_words then ' and d.words @@ $1' else '' end
    || case when has_kinds then ' and d.kind = any ($6)' else '' end
    || case when has_denied then ' and d.record_id <> all ($7)' else '' end
    || ' order by d.record_id desc limit $10'
$$;

-- What the words of a query find: whole words, the last of them perhaps begun; where they find nothing, all perhaps begun;
-- where even they find nothing, words that are like them. Where there are no words, the newest.
create or replace function private.find_documents(query text, kinds text[], project uuid, most integer)
returns table (kind text, record_id uuid, score integer, matched text, marks tsquery)
language plpgsql stable security definer
set search_path = '' set random_page_cost = 1.5
as $$
declare
  terms constant text[] := private.search_terms(query);
  scopes constant uuid[] := private.search_scopes(project);
  wanted tsquery;
  tried record;
begin
  for tried in
    select * from (values (1, 'words'), (cardinality(terms), 'words'), (null, 'alike')) t (begun, word) where terms <> '{}' or t.begun = 1
  loop
    wanted := case when tried.begun is null then private.search_alike(terms, scopes) else private.search_query(terms, tried.begun) end;
    return query
      select d.kind, d.record_id, d.score, case when wanted is null then 'newest' else tried.word end,
        case tried.word when 'alike' then wanted else private.search_query(terms) end
      from private.newest_documents(wanted, terms, kinds, project, most) d;
    exit when found;
  end loop;
end $$;
grant execute on function private.find_documents(text, text[], uuid, integer) to member;

-- Ids of one kind, the newest, whose words hold these, each perhaps begun.
create or replace function private.documents_with(kind text, words text, most integer)
returns table (record_id uuid)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  terms constant text[] := private.search_terms(words);
begin
  return query
    select d.record_id
    from private.newest_documents(private.search_query(terms), terms, array[documents_with.kind], null, most) d
    where terms <> '{}'
    limit most;
end $$;
grant execute on function private.documents_with(text, text, integer) to member;
