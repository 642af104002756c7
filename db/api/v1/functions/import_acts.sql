-- Judged as often as one likes, committed once and wholly, and taken back where nothing depends on it.

create or replace function api_v1.judge_import(import_id uuid, row_count integer, most integer default 100)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import lab.imports := private.demand_import(import_id, '{staging,judged}');
begin
  perform private.demand_staged(import, row_count);
  delete from private.import_rows r where r.import_id = import.id;
  perform private.judge_rows(import, import.pass + 1, null);
  update lab.imports i
  set status = 'judged', pass = import.pass + 1, row_count = judge_import.row_count, version = import.version
  where i.id = import.id;
  return private.import_summary(import.id, import.pass + 1) || jsonb_build_object(
    'same_file', coalesce(to_jsonb(private.same_file(import)), '[]'),
    'problems', coalesce((select jsonb_agg(to_jsonb(p)) from private.import_words(import.id, import.pass + 1, 0, most) p), '[]'));
end $$;
comment on function api_v1.judge_import(uuid, integer, integer) is
$$Judges every staged row as it would be committed now, and writes nothing else.

row_count: how many rows were sent, so that a lost chunk is noticed. Answers how many rows would be inserted, updated and left unchanged,
and the first problems (at most `most`) in words; read_import_problems goes on. A warning has to be confirmed at the commit.$$;
grant execute on function api_v1.judge_import(uuid, integer, integer) to member;

create or replace function private.demand_staged(import lab.imports, row_count integer)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  staged record;
begin
  select coalesce(sum(c.row_count), 0) as rows, count(*) = coalesce(max(c.chunk_no) + 1, 0) as whole into staged
  from private.import_chunks c
  where c.import_id = import.id;
  if import.mapping is null then
    perform private.refuse('PL192', array['without a mapping'], array['mapped: see propose_mapping and set_mapping']);
  elsif staged.rows = 0 then
    perform private.refuse('PL008', array['The file has no rows.'], array['Expected a line of headings and at least one row.']);
  elsif not staged.whole or staged.rows is distinct from row_count then
    perform private.refuse('PL008', array[format('%s rows arrived.', staged.rows)], array[format('Expected %s: send the missing chunks again.', coalesce(row_count, 0))]);
  end if;
end $$;
grant execute on function private.demand_staged(lab.imports, integer) to member;

create or replace function private.import_summary(import_id uuid, pass integer)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'rows', count(*),
    'insert', count(*) filter (where r.act = 'insert' and r.problems = '[]'),
    'update', count(*) filter (where r.act = 'update' and r.problems = '[]'),
    'unchanged', count(*) filter (where r.act = 'unchanged' and r.problems = '[]'),
    'refused', count(*) filter (where r.problems <> '[]'),
    'warned', count(*) filter (where r.warnings <> '[]'))
  from private.import_rows r
  where r.import_id = import_summary.import_id and r.pass = import_summary.pass
$$;
grant execute on function private.import_summary(uuid, integer) to member;

-- What is wrong, in words; errors and warnings of one row stand together.
create or replace function private.import_words(import_id uuid, pass integer, after_row integer, most integer)
returns table (row_no integer, kind text, code text, "column" text, value text, message text, hint text)
language sql stable
set search_path = ''
as $$
  select r.row_no, p.kind, p.item ->> 'code', p.item ->> 'column', p.item ->> 'value',
    format(f.message, variadic array(select jsonb_array_elements_text(p.item -> 'args'))),
    format(f.hint, variadic array(select jsonb_array_elements_text(p.item -> 'hint_args')))
  from (
    select r.row_no, r.problems, r.warnings
    from private.import_rows r
    where r.import_id = import_words.import_id and r.pass = import_words.pass and r.row_no > after_row and (r.problems <> '[]' or r.warnings <> '[]')
    order by r.row_no
    limit least(most, 10000)) r
  cross join lateral (
    select 'error' as kind, e.item, e.n from jsonb_array_elements(r.problems) with ordinality e (item, n)
    union all
    select 'warning', w.item, w.n from jsonb_array_elements(r.warnings) with ordinality w (item, n)) p
  join private.refusals() f on f.code = p.item ->> 'code'
  order by r.row_no, p.kind, p.n
$$;
grant execute on function private.import_words(uuid, integer, integer, integer) to member;

create or replace function api_v1.read_import_problems(import_id uuid, after_row integer default 0, most integer default 1000)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  import lab.imports;
begin
  select i.* into import from lab.imports i where i.id = import_id and i.created_by = private.me();
  if not found then
    perform private.refuse('PL004', array['import', coalesce(import_id::text, '')]);
  end if;
  return (
    select jsonb_build_object('problems', coalesce(jsonb_agg(to_jsonb(w)), '[]'), 'last_row', coalesce(max(w.row_no), after_row))
    from private.import_words(import.id, import.pass, after_row, most) w);
end $$;
comment on function api_v1.read_import_problems(uuid, integer, integer) is
$$What is wrong with the rows after a row, as judge_import found it: of at most `most` rows, each thing in words with its code and hint.

Ask again with after_row = last_row, until no problems come back.$$;
grant execute on function api_v1.read_import_problems(uuid, integer, integer) to member;

create or replace function api_v1.commit_import(import_id uuid, confirmed text[] default '{}')
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  import lab.imports := private.demand_import(import_id, '{judged,committed}');
  pass constant integer := import.pass + 1;
begin
  if import.status = 'judged' then
    perform private.judge_rows(import, pass, import.pass);
    perform private.demand_sound(import, pass, confirmed);
    perform private.write_samples(import, pass);
    import := private.close_import(import, pass);
  end if;
  return jsonb_build_object('inserted', import.inserted, 'updated', import.updated, 'unchanged', import.unchanged);
end $$;
comment on function api_v1.commit_import(uuid, text[]) is
$$Judges every row again and writes them all, or refuses and writes nothing. Sent again, it answers the same.

confirmed: what a person looked at and wants nevertheless: spoiled_names, same_file.$$;
grant execute on function api_v1.commit_import(uuid, text[]) to member;

create or replace function private.demand_sound(import lab.imports, pass integer, confirmed text[])
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  summary constant jsonb := private.import_summary(import.id, pass);
  before constant text[] := private.same_file(import);
begin
  if summary -> 'refused' <> '0' then
    perform private.refuse('PL191', array[summary ->> 'refused'],
      details => (select jsonb_agg(to_jsonb(p)) from private.import_words(import.id, pass, 0, 100) p));
  elsif summary -> 'warned' <> '0' and not coalesce('spoiled_names' = any (confirmed), false) then
    perform private.refuse('PL196', array[format('%s rows with names that look like dates', summary ->> 'warned')], array['spoiled_names']);
  elsif before is not null and summary -> 'insert' <> '0' and not coalesce('same_file' = any (confirmed), false) then
    perform private.refuse('PL190', array[before[cardinality(before)]]);
  end if;
end $$;
grant execute on function private.demand_sound(lab.imports, integer, text[]) to member;

create or replace function private.close_import(import lab.imports, pass integer)
returns lab.imports
language plpgsql volatile
set search_path = ''
as $$
declare
  summary constant jsonb := private.import_summary(import.id, pass);
  closed lab.imports;
begin
  if (summary ->> 'insert')::integer + (summary ->> 'update')::integer <> (select count(*) from private.imported_rows r where r.import_id = import.id) then
    perform private.refuse('PL209', array['every record of this file']);
  end if;
  delete from private.import_chunks c where c.import_id = import.id;
  delete from private.import_rows r where r.import_id = import.id;
  update lab.imports i
  set status = 'committed', committed_mark = uuidv7(), pass = close_import.pass, version = import.version,
    inserted = (summary ->> 'insert')::integer, updated = (summary ->> 'update')::integer, unchanged = (summary ->> 'unchanged')::integer
  where i.id = import.id
  returning i.* into closed;
  return closed;
end $$;
grant execute on function private.close_import(lab.imports, integer) to member;
