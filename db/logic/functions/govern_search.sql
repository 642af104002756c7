-- What a line in the catalog of searchable tables implies: triggers that keep a document of words for each record, in the
-- statement that writes it. Run after each rebuild; where a line changed, the documents of its kind are written anew.

create or replace function private.govern_search()
returns void
language plpgsql
set search_path = ''
as $$
declare
  line private.searchable_tables;
begin
  perform private.forget_unsearchable();
  for line in select * from private.searchable_tables order by kind loop
    continue when obj_description(to_regprocedure(format('private.index_%s()', line.table_name)), 'pg_proc')
      = private.search_digest(line);
    perform private.govern_search_triggers(line);
    delete from private.search_documents d where d.kind = line.kind;
    execute private.index_sql(line, format('lab.%I', line.table_name));
    execute private.learn_sql(line, format('lab.%I', line.table_name));
  end loop;
end $$;

-- Changes with the line, and with what its documents are made by.
create or replace function private.search_digest(line private.searchable_tables)
returns text
language sql stable
set search_path = ''
as $$
  select 'searched ' || md5(line::text || string_agg(p.prosrc, '' order by p.proname))
  from pg_catalog.pg_proc p
  where p.pronamespace = 'private'::regnamespace
    and p.proname in ('govern_search_triggers', 'search_trigger_sql', 'index_sql', 'document_sql', 'parted_sql', 'scope_sql', 'learn_sql', 'document_text')
$$;

-- Tables that left the catalog keep no documents.
create or replace function private.forget_unsearchable()
returns void
language plpgsql
set search_path = ''
as $$
declare
  trigger record;
begin
  for trigger in
    select t.tgname as name, t.tgrelid::regclass as on_table
    from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
    where t.tgname like 'search\_%' and c.relnamespace = 'lab'::regnamespace
      and not exists (select from private.searchable_tables s where s.table_name = c.relname)
  loop
    execute format('drop trigger %I on %s', trigger.name, trigger.on_table);
  end loop;
  delete from private.search_documents d
  where not exists (select from private.searchable_tables s where s.kind = d.kind);
end $$;

-- The document of a row `r`, as a select list. Weight A is the title, C the rest; what is too long for a tsvector is cut.
create or replace function private.document_sql(line private.searchable_tables)
returns text
language sql stable
set search_path = ''
as $$
  select format(
    'r.id, r.lab_id, %1$s, %2$L, setweight(to_tsvector(''private.words'', %3$s), ''A'') || setweight(to_tsvector(''private.words'', %4$s), ''C'')',
    private.scope_sql(line), line.kind, private.parted_sql(line.title_sql),
    private.parted_sql(format('left(concat_ws('' '', %s, %s), 200000)', coalesce(line.detail_sql, 'null'), coalesce(line.more_sql, 'null'))))
$$;

-- Signs that would tie words together become spaces: `IL-6` is IL and 6, `plate_2.csv` is three words.
create or replace function private.parted_sql(expression text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('regexp_replace(%s, ''[-_./:@+~<>&]'', '' '', ''g'')', expression)
$$;

-- Whose members may see a row: its project's, or its lab's where it has none.
create or replace function private.scope_sql(line private.searchable_tables)
returns text
language sql stable
set search_path = ''
as $$
  select case g.scope when 'project' then 'r.project_id' else 'r.lab_id' end
  from private.governed_tables g
  where g.table_name = line.table_name
$$;
grant execute on function private.scope_sql(private.searchable_tables) to member;

create or replace function private.index_sql(line private.searchable_tables, source text)
returns text
language sql stable
set search_path = ''
as $$
  select format('insert into private.search_documents (record_id, lab_id, scope_id, kind, words) select %s from %s r',
    private.document_sql(line), source)
$$;

-- Words of titles that people misspell: of letters, neither short nor endless. Titles that differ in numbers alone are read once.
create or replace function private.learn_sql(line private.searchable_tables, source text)
returns text
language sql stable
set search_path = ''
as $$
  select format($sql$
    insert into private.search_words (scope_id, word)
    select w.scope_id, w.word
    from (
      select distinct t.scope_id, l.lexeme as word
      from (select distinct %1$s as scope_id, regexp_replace(%2$s, '\w*\d\w*', '', 'g') as title from %3$s r) t
      cross join unnest(to_tsvector('private.words', %4$s)) l
      where l.lexeme ~ '^[^0-9]{4,40}$') w
    where not exists (select from private.search_words k where k.scope_id = w.scope_id and k.word = w.word)$sql$,
    private.scope_sql(line), line.title_sql, source, private.parted_sql('t.title'))
$$;

create or replace function private.govern_search_triggers(line private.searchable_tables)
returns void
language plpgsql
set search_path = ''
as $$
declare
  act text;
  body constant text := private.search_trigger_sql(line);
  digest constant text := private.search_digest(line);
begin
  set local role law;
  execute body;
  execute format('comment on function private.index_%s() is %L', line.table_name, digest);
  execute format('grant execute on function private.index_%s() to migrator', line.table_name);
  reset role;
  foreach act in array '{insert,update,delete}'::text[] loop
    execute format('create or replace trigger search_%2$s after %2$s on lab.%1$I
      referencing %3$s for each statement execute function private.index_%1$s()',
      line.table_name, act, case act when 'delete' then 'old table as old_rows' else 'new table as new_rows' end);
  end loop;
end $$;

-- Many rows enter the index of words in one sorted go, if memory holds them: twice as fast.
create or replace function private.search_trigger_sql(line private.searchable_tables)
returns text
language sql stable
set search_path = ''
as $$
  select format($create$
    create or replace function private.index_%1$s()
    returns trigger
    language plpgsql security definer
    set search_path = '' set work_mem = '32MB'
    as $body$
    begin
      if tg_op = 'DELETE' then
        delete from private.search_documents d using old_rows r where d.lab_id = r.lab_id and d.record_id = r.id;
        return null;
      elsif tg_op = 'INSERT' then
        %2$s;
      else
        update private.search_documents d
        set scope_id = n.scope_id, words = n.words
        from (select %3$s from new_rows r) n (record_id, lab_id, scope_id, kind, words)
        where d.lab_id = n.lab_id and d.record_id = n.record_id and (d.scope_id, d.words) is distinct from (n.scope_id, n.words);
      end if;
      %4$s;
      return null;
    end $body$
    $create$, line.table_name, private.index_sql(line, 'new_rows'), private.document_sql(line), private.learn_sql(line, 'new_rows'))
$$;

-- The text of a structured document.
create or replace function private.document_text(document jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  select string_agg(t #>> '{}', ' ') from jsonb_path_query(document, 'strict $.**.text', silent => true) t
$$;
grant execute on function private.document_text(jsonb) to law, member;
