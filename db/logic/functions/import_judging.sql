-- All rows of an import are judged by one statement, written from its mapping: cells are read, records are found, and what is wrong
-- is said of each row. It runs as the person who asks, so a record that they may not see is not found.

create or replace function private.judge_rows(import lab.imports, pass integer, before integer)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  execute private.judge_sql(import) using import.id, import.lab_id, import.project_id, pass, before,
    array(select private.my_projects_as('{technician,analyst}'));
end $$;
grant execute on function private.judge_rows(lab.imports, integer, integer) to member;

-- $1 import, $2 lab, $3 project, $4 this pass, $5 the pass whose versions were seen, $6 projects that the person may write to.
create or replace function private.judge_sql(import lab.imports)
returns text
language sql stable
set search_path = ''
as $$
  select format($sql$
    with c as materialized (
      select k.before + e.place as row_no, e.cells
      from (select rows, sum(row_count) over (order by chunk_no) - row_count as before from private.import_chunks where import_id = $1) k
      cross join lateral jsonb_array_elements(k.rows) with ordinality e (cells, place)
    ), raw as materialized (select c.row_no%1$s from c
    ), plain as materialized (select raw.*%2$s from raw
    ), t as materialized (select plain.*%3$s from plain
    ), m as materialized (select t.*%4$s, %10$s as fields from t %5$s
    ), told as materialized (
      select m.*, array_remove(array[%6$s]::text[], null) as changed,
        array_remove(array[%7$s]::jsonb[], null) as told_problems, array_remove(array[%8$s]::jsonb[], null) as warnings
      from m
    ), judged as (
      select told.*, told.told_problems || %11$s as problems from told
    )
    insert into private.import_rows (import_id, pass, row_no, act, record_id, seen_version, changed, record, problems, warnings)
    select $1, $4, j.row_no, case when j.is_new then 'insert' when j.changed = '{}' then 'unchanged' else 'update' end,
      j.record_id, j.seen_version, case when j.is_new then '{}' else j.changed end, %9$s, to_jsonb(j.problems), to_jsonb(j.warnings)
    from judged j
    $sql$,
    p.raw, p.plain, p.typed, p.found, p.joins, p.changed, p.problems, p.warnings, p.record, p.fields, p.verdict)
  from private.judge_pieces(import) p
$$;
grant execute on function private.judge_sql(lab.imports) to member;

-- The pieces of that statement. Column k of the plan is rk as it stands, nk in plain form, vk as a value, pk what is wrong with it;
-- sk is what the record holds now, bk what it held in the version that was seen.
create or replace function private.judge_pieces(import lab.imports)
returns table (raw text, plain text, typed text, found text, joins text, changed text, problems text, warnings text, record text, fields text, verdict text)
language sql stable
set search_path = ''
as $$
  with p as materialized (
    select p.*, quote_literal(p.heading) as said, bool_or(p.target = 'code') over () as by_code
    from private.import_plan(import) p
  )
  select
    string_agg(format(', %s as r%s', p.cell, p.n), '' order by p.n),
    string_agg(format(', %s as n%s', format(private.plain_cell_sql(p.data_type, import.decimal_sign, import.date_order), 'raw.r' || p.n), p.n), '' order by p.n),
    string_agg(format(', %s as v%s, %s as p%s',
      format(case when p.data_type ^@ 'field_' then private.field_value_sql(p.data_type, coalesce(p.unit, p.target_unit, '1')) else private.cell_value_sql(p.data_type, p.choices) end,
        'plain.r' || p.n, 'plain.n' || p.n, p.said), p.n,
      format(private.cell_problem_sql(p.data_type, p.choices, p.low, p.high, import.decimal_sign, import.date_order), 'plain.r' || p.n, 'plain.n' || p.n, p.said), p.n),
      '' order by p.n),
    private.found_sql(array_agg(p.target order by p.n), array_agg(private.present_sql(p.data_type, p.present) order by p.n)),
    private.joins_sql(import.kind, array_agg(p.target order by p.n), array_agg(p.data_type order by p.n)),
    coalesce(string_agg(format('case when not m.is_new and %4$s is distinct from m.b%1$s and %4$s is distinct from m.s%1$s %3$s then %2$L end',
      p.n, p.target, case when p.data_type = 'boolean' then format('and m.v%s is not null', p.n) end, private.compared_sql(p.data_type, p.n)), ', ' order by p.n)
      filter (where p.may_change and p.by_code), 'null::text'),
    concat_ws(', ', string_agg(private.column_problems_sql(p.n, private.compared_sql(p.data_type, p.n), p.said, p.data_type, p.required, p.may_change, p.present, p.fixed, p.by_code), ', ' order by p.n),
      private.row_problems_sql(import, array_agg(p.target order by p.n), array_agg(p.said order by p.n))),
    coalesce(string_agg(format($w$case when m.v%1$s ~* '^(\d{1,2}[- ](jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)|(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[- ]\d{1,2}|\d{4}-\d\d-\d\d)$'
      and %3$s then private.import_problem('PL206', %2$s, m.v%1$s, array[m.v%1$s]) end$w$,
      p.n, p.said, case when p.by_code and p.present is not null then format('m.v%1$s is distinct from m.s%1$s', p.n) else 'true' end), ', ' order by p.n)
      filter (where p.data_type = 'text' and p.target <> 'description'), 'null::jsonb'),
    private.record_sql(array_agg(p.target order by p.n)),
    private.fields_sql(array_agg(p.target order by p.n)),
    private.verdict_sql(import, array_agg(p.target order by p.n), array_agg(p.heading order by p.n))
  from p
$$;
grant execute on function private.judge_pieces(lab.imports) to member;

create or replace function private.found_sql(targets text[], presents text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case when 'code' = any (targets) then
      format(', t.v%1$s is null as is_new, s.id as record_id, s.project_id as present_project, %2$s as seen_version, d.first_row', array_position(targets, 'code'), private.seen_sql(targets))
    else ', true as is_new, null::uuid as record_id, null::uuid as present_project, null::integer as seen_version, null::bigint as first_row' end
    || case when 'project' = any (targets) then format(', case when t.v%s is null then $3 else pr.id end as to_project', array_position(targets, 'project')) else ', $3 as to_project' end
    || case when 'amount_unit' = any (targets) then ', un.code as known_unit' else '' end
    || case when 'code' = any (targets) then coalesce((
      select string_agg(format(', %2$s as s%1$s, case when h.id is null then %2$s else %3$s end as b%1$s', p.n, format(p.present, 's'), format(p.present, 'h')), '' order by p.n)
      from unnest(presents) with ordinality p (present, n)
      where p.present is not null), '') else '' end
$$;
grant execute on function private.found_sql(text[], text[]) to member;

-- The version of the record that the file knows: the one it names, else the one at the first judging.
create or replace function private.seen_sql(targets text[])
returns text
language sql immutable
set search_path = ''
as $$
  select format('least(coalesce(%sprev.seen_version, s.version), s.version)', 't.v' || array_position(targets, 'version') || ', ')
    || ''
  where 'version' = any (targets)
  union all
  select 'least(coalesce(prev.seen_version, s.version), s.version)'
  where not 'version' = any (targets)
$$;
grant execute on function private.seen_sql(text[]) to member;

create or replace function private.joins_sql(kind text, targets text[], data_types text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case when 'code' = any (targets) then format($sql$
      left join lab.%1$I s on s.lab_id = $2 and s.code = t.v%2$s
      left join private.import_rows prev on prev.import_id = $1 and prev.pass = $5 and prev.row_no = t.row_no
      left join history.%1$I h on h.id = s.id and h.version = %3$s and h.version < s.version
      left join (select v%2$s as code, min(row_no) as first_row from t where v%2$s is not null group by 1 having count(*) > 1) d on d.code = t.v%2$s
      $sql$, kind, array_position(targets, 'code'), private.seen_sql(targets)) else '' end
    || case when 'project' = any (targets) then
      format(' left join lab.projects pr on pr.lab_id = $2 and pr.code = t.v%s', array_position(targets, 'project')) else '' end
    || case when 'amount_unit' = any (targets) then
      format(' left join lab.units un on un.lab_id = $2 and un.code = t.v%s', array_position(targets, 'amount_unit')) else '' end
$$;
grant execute on function private.joins_sql(text, text[], text[]) to member;

-- What is wrong with a column of a row beyond its form.
create or replace function private.column_problems_sql(n bigint, compared text, said text, data_type text, required boolean, may_change boolean,
  present text, fixed text, by_code boolean)
returns text
language sql immutable
set search_path = ''
as $$
  select concat_ws(', ', 'm.p' || n,
    case when required then format($sql$case when m.p%1$s is null and coalesce(btrim(m.v%1$s::text), '') = '' then private.import_problem('PL201', %2$s, '', array[%2$s]) end$sql$, n, said) end,
    case when by_code and present is not null and may_change then format($sql$
      case when not m.is_new and %3$s is distinct from m.b%1$s and m.s%1$s is distinct from m.b%1$s and m.s%1$s is distinct from %3$s
        then private.import_problem('PL205', %2$s, m.r%1$s, array[%2$s, m.seen_version::text, coalesce(m.s%1$s::text, '')]) end$sql$, n, said, compared) end,
    case when by_code and present is not null and not may_change then format($sql$
      case when m.record_id is not null and m.p%1$s is null and m.v%1$s is distinct from m.b%1$s
        then private.import_problem('PL204', %2$s, m.r%1$s, array[%2$s, coalesce(m.b%1$s::text, 'empty')], array[%3$L]) end$sql$, n, said, fixed) end)
$$;
grant execute on function private.column_problems_sql(bigint, text, text, text, boolean, boolean, text, text, boolean) to member;

-- A field's number is compared by its value and unit, not by the digits it was reported with.
create or replace function private.compared_sql(data_type text, n bigint)
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type when 'field_number' then format('(m.v%s - ''reported'')', n) else 'm.v' || n end
$$;
grant execute on function private.compared_sql(text, bigint) to member;

create or replace function private.present_sql(data_type text, present text)
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type when 'field_number' then format('case jsonb_typeof(%1$s) when ''object'' then %1$s - ''reported'' else %1$s end', present) else present end
$$;
grant execute on function private.present_sql(text, text) to member;

-- What is wrong with a row as a whole.
create or replace function private.row_problems_sql(import lab.imports, targets text[], said text[])
returns text
language sql stable
set search_path = ''
as $$
  with place as (
    select array_position(targets, 'code') as code, array_position(targets, 'project') as project, array_position(targets, 'status') as status,
      array_position(targets, 'amount') as amount, array_position(targets, 'amount_unit') as unit
  )
  select concat_ws(', ',
    format($sql$case when m.is_new and m.to_project is not null and m.to_project <> all ($6) then private.import_problem('PL209', '', '', array['this project'])
      when m.record_id is not null and m.present_project <> all ($6) then private.import_problem('PL209', '', '', array['the project of this record']) end$sql$),
    case when p.code is not null then format($sql$case when not m.is_new and m.record_id is null then private.import_problem('PL199', %2$s, m.v%1$s, array[%3$L, m.v%1$s]) end,
      case when m.first_row is not null then private.import_problem('PL200', %2$s, m.v%1$s, array[m.v%1$s, m.first_row::text]) end$sql$, p.code, said[p.code], rtrim(import.kind, 's')) end,
    case when p.project is not null then format($sql$case when m.to_project is null then private.import_problem('PL199', %2$s, m.v%1$s, array['project', m.v%1$s])
      when m.record_id is not null and m.v%1$s is not null and m.to_project <> m.present_project then private.import_problem('PL204', %2$s, m.v%1$s, array[%2$s, 'another'], array['a record keeps its project']) end$sql$,
      p.project, said[p.project]) end,
    case when p.status is not null then format($sql$case when m.is_new and m.p%1$s is null and m.v%1$s <> 'available' then private.import_problem('PL204', %2$s, m.v%1$s, array[%2$s, 'new'], array['a new sample is available']) end$sql$, p.status, said[p.status]) end,
    case when p.unit is not null then format($sql$case when m.v%1$s is not null and m.known_unit is null then private.import_problem('PL199', %2$s, m.v%1$s, array['unit', m.v%1$s]) end$sql$, p.unit, said[p.unit]) end,
    case when p.unit is not null and p.amount is not null then format($sql$case when m.is_new and m.p%1$s is null and (m.v%1$s is null) <> (m.v%2$s is null) then private.import_problem('PL201', %3$s, '',
      array[case when m.v%1$s is null then 'amount for its unit' else 'unit of the amount' end]) end$sql$, p.amount, p.unit, said[p.unit]) end,
    (select format($sql$case when m.v%1$s <> %2$L then private.import_problem('PL203', %3$s, m.v%1$s, array[m.v%1$s, %4$L], array[%2$L]) end$sql$,
      p.unit, i.item ->> 'unit', said[p.unit], format('column "%s"', import.columns[i.place]))
     from jsonb_array_elements(import.mapping) with ordinality i (item, place) where i.item ->> 'to' = 'amount' and i.item ? 'unit'),
    (select string_agg(format($sql$case when m.is_new then private.import_problem('PL201', %1$L, '', array[%1$L]) end$sql$, t.target), ', ')
     from private.import_targets(import.kind, import.lab_id) t where t.required and t.target <> all (targets)))
  from place p
$$;
grant execute on function private.row_problems_sql(lab.imports, text[], text[]) to member;

-- The values of a row by target, in groups: a function takes 100 arguments at most.
create or replace function private.record_sql(targets text[])
returns text
language sql immutable
set search_path = ''
as $$
  select $sql$jsonb_build_object('project_id', j.to_project, 'fields', j.fields)$sql$ || coalesce(string_agg(' || jsonb_build_object(' || g.pairs || ')', '' order by g.part), '')
  from (
    select t.n / 40 as part, string_agg(format('%L, j.v%s', t.target, t.n), ', ' order by t.n) as pairs
    from unnest(targets) with ordinality t (target, n)
    where t.target not in ('code', 'version', 'project') and not t.target ^@ 'fields.'
    group by 1) g
$$;
grant execute on function private.record_sql(text[]) to member;
