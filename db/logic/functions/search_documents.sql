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

-- Every word must be there; a word of two letters or more also as the beginning of a longer one.
create or replace function private.search_query(terms text[])
returns tsquery
language sql immutable
set search_path = ''
as $$
  select string_agg(quote_literal(t) || case when length(t) > 1 then ':*' else '' end, ' & ')::tsquery from unnest(terms) t
$$;
grant execute on function private.search_query(text[]) to member;

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

-- At most `most` documents of each lab, the newest, that hold the words; any document where `wanted` is null.
create or replace function private.newest_documents(wanted tsquery, kinds text[], scopes uuid[], most integer)
returns table (kind text, record_id uuid, words tsvector)
language plpgsql stable
set search_path = ''
as $$
declare
  lab uuid;
begin
  -- Dynamic, so that each query is planned with its own words: a common one is walked from the newest on, a rare one is looked up.
  for lab in select private.my_labs() loop
    return query execute
      'select d.kind, d.record_id, d.words from private.search_documents d where d.lab_id = $2 and d.scope_id = any ($3)'
      || case when wanted is not null then ' and d.words @@ $1' else '' end
      || case when kinds is not null then ' and d.kind = any ($4)' else '' end
      || ' order by d.record_id desc limit $5'
    using wanted, lab, scopes, kinds, most;
  end loop;
end $$;

-- The title weighs most; whole words more than beginnings.
create or replace function private.search_score(words tsvector, terms text[], wanted tsquery)
returns integer
language sql immutable
set search_path = ''
as $$
  select (100000 * (ts_rank('{0.1, 0.2, 0.4, 1}', words, wanted)
    + ts_rank('{0.1, 0.2, 0.4, 1}', words, (select string_agg(quote_literal(t), ' & ')::tsquery from unnest(terms) t))))::integer
$$;

-- What the words of a query find; where they find nothing, what words like them find; where there are none, the newest.
-- Ranked are the newest `most` matches of a lab.
create or replace function private.find_documents(query text, kinds text[], project uuid, most integer)
returns table (kind text, record_id uuid, score integer, matched text, marks tsquery)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  terms constant text[] := private.search_terms(query);
  scopes constant uuid[] := private.search_scopes(project);
  wanted tsquery := private.search_query(terms);
begin
  return query
    select d.kind, d.record_id, coalesce(private.search_score(d.words, terms, wanted), 0), case when wanted is null then 'newest' else 'words' end, wanted
    from private.newest_documents(wanted, kinds, scopes, most) d;
  if found or wanted is null then
    return;
  end if;
  wanted := private.search_alike(terms, scopes);
  return query
    select d.kind, d.record_id, private.search_score(d.words, terms, wanted), 'alike', wanted
    from private.newest_documents(wanted, kinds, scopes, most) d;
end $$;
grant execute on function private.find_documents(text, text[], uuid, integer) to member;
