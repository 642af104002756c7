-- How a cell is read. Judging is one statement over all rows; these write its pieces, one expression for each column.
-- In a piece, %1$s is the cell's text, %2$s its plain form and %3$s the heading as a literal.

-- What stands where in the file: one row per target that a column or a constant fills. `cell` is SQL over `rows.cells`.
create or replace function private.import_plan(import lab.imports)
returns table (n bigint, target text, heading text, unit text, data_type text, required boolean, may_change boolean, low float8, high float8,
  target_unit text, choices text[], present text, fixed text, cell text)
language sql stable
set search_path = ''
as $$
  with source as (
    select m.item ->> 'to' as target, import.columns[m.place] as heading, m.item ->> 'unit' as unit, format('c.cells ->> %s', m.place - 1) as cell, m.place
    from jsonb_array_elements(import.mapping) with ordinality m (item, place)
    where m.item ? 'to'
    union all
    select c.key, c.key, null, quote_literal(c.value) || '::text', 1000
    from jsonb_each_text(import.constants) c
    union all
    select 'amount_unit', import.columns[m.place], null, format('case when c.cells ->> %s <> '''' then %L end', m.place - 1, m.item ->> 'unit'), 1001
    from jsonb_array_elements(import.mapping) with ordinality m (item, place)
    where m.item ->> 'to' = 'amount' and m.item ? 'unit' and not jsonb_path_exists(import.mapping, '$[*] ? (@.to == "amount_unit")')
  )
  select row_number() over (order by s.place, s.target), s.target, s.heading, s.unit, t.data_type, t.required, t.may_change, t.low, t.high, t.unit,
    t.choices, t.present, t.fixed, s.cell
  from source s
  join private.import_targets(import.kind, import.lab_id) t on t.target = s.target
$$;
grant execute on function private.import_plan(lab.imports) to member;

-- The plain form of a cell: a number with a point, a date as year-month-day, a text without the apostrophe that protected it.
create or replace function private.plain_cell_sql(data_type text, decimal_sign text, date_order text)
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type
    when 'number' then case decimal_sign when ',' then $sql$translate(btrim(%1$s), ',.', '.,')$sql$ else 'btrim(%1$s)' end
    when 'date' then format($sql$regexp_replace(regexp_replace(btrim(%%1$s), '[T ]00:00(:00(\.0+)?)?Z?$', ''), %L, %L)$sql$,
      case date_order when 'dmy' then '^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$' when 'mdy' then '^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$'
        else '^(\d{4})[./](\d{1,2})[./](\d{1,2})$' end,
      case date_order when 'dmy' then '\3-\2-\1' when 'mdy' then '\3-\1-\2' else '\1-\2-\3' end)
    when 'text' then $sql$case when %1$s ~ '^''+[=+@\t\r-]' then substr(%1$s, 2) else %1$s end$sql$
    when 'choice' then $sql$case when %1$s ~ '^''+[=+@\t\r-]' then substr(%1$s, 2) else %1$s end$sql$
    when 'boolean' then 'lower(btrim(%1$s))'
    when 'field_boolean' then 'lower(btrim(%1$s))'
    when 'field_date' then private.plain_cell_sql('date', decimal_sign, date_order)
    when 'field_text' then private.plain_cell_sql('text', decimal_sign, date_order)
    when 'field_number' then case decimal_sign
      when ',' then $sql$translate(split_part(btrim(%1$s), ' ', 1), ',.', '.,') || substr(btrim(%1$s), length(split_part(btrim(%1$s), ' ', 1)) + 1)$sql$
      else 'btrim(%1$s)' end
    else 'btrim(%1$s)' end
$$;
grant execute on function private.plain_cell_sql(text, text, text) to member;

-- Whether a plain form can be read, as SQL.
create or replace function private.readable_sql(data_type text, choices text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type
    when 'number' then $sql$%2$s ~ '^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?$'$sql$
    when 'field_number' then $sql$%2$s ~ '^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?( +[^ ].*)?$'$sql$
    when 'field_date' then private.readable_sql('date', choices)
    when 'field_boolean' then private.readable_sql('boolean', choices)
    when 'field_text' then private.readable_sql('text', choices)
    when 'whole' then $sql$%2$s ~ '^\d{1,9}$'$sql$
    when 'date' then $sql$(%2$s ~ '^\d{4}-\d{1,2}-\d{1,2}$' and pg_input_is_valid(%2$s, 'date'))$sql$
    when 'boolean' then $sql$%2$s in ('true', 'false', 'yes', 'no', '1', '0')$sql$
    when 'choice' then format('%%2$s = any (%L::text[])', replace(choices::text, '%', '%%'))
    when 'text' then 'length(%2$s) <= 10000'
    else 'length(%2$s) <= 100' end
$$;
grant execute on function private.readable_sql(text, text[]) to member;

-- The value of a cell, of its own SQL type; null where it is empty or cannot be read.
create or replace function private.cell_value_sql(data_type text, choices text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type
    when 'text' then 'coalesce(%2$s, '''')'
    when 'choice' then 'nullif(%2$s, '''')'
    else format('case when %s then %s end', private.readable_sql(data_type, choices), case data_type
      when 'number' then '%2$s::float8' when 'whole' then '%2$s::integer' when 'date' then '%2$s::date'
      when 'boolean' then '(%2$s in (''true'', ''yes'', ''1''))' else 'nullif(%2$s, '''')' end) end
$$;
grant execute on function private.cell_value_sql(text, text[]) to member;

-- The answer that a cell gives to a field of a sample type, as lab.samples.fields holds it; null where it gives none. A number may
-- carry a unit of its own; a number whose digits say more than its value keeps them.
create or replace function private.field_value_sql(data_type text, unit text)
returns text
language sql immutable
set search_path = ''
as $$
  select format('case when %%2$s is null or %%2$s = '''' then null when %%1$s ~* ''^not obtained: ''
      then jsonb_build_object(''not_obtained'', btrim(substr(%%1$s, 15))) when %s then %s end',
    private.readable_sql(data_type, null),
    case data_type
      when 'field_number' then format($sql$
        case when %%2$s ~ ' ' then jsonb_build_object('value', split_part(%%2$s, ' ', 1)::numeric, 'unit', btrim(substr(%%2$s, position(' ' in %%2$s))))
        else jsonb_build_object('value', %%2$s::numeric, 'unit', %1$L::text) end
        || case when split_part(%%2$s, ' ', 1) <> split_part(%%2$s, ' ', 1)::float8::text then jsonb_build_object('reported', split_part(%%2$s, ' ', 1)) else '{}' end$sql$,
        replace(unit, '%', '%%'))
      when 'field_date' then $sql$to_jsonb(to_char(%2$s::date, 'YYYY-MM-DD'))$sql$
      when 'field_boolean' then $sql$to_jsonb(%2$s in ('true', 'yes', '1'))$sql$
      else 'to_jsonb(%2$s)' end)
$$;
grant execute on function private.field_value_sql(text, text) to member;

-- What is wrong with a cell, as SQL that is null where nothing is. Only a cell that is wrong pays for its words.
create or replace function private.cell_problem_sql(data_type text, choices text[], low float8, high float8, decimal_sign text, date_order text)
returns text
language sql immutable
set search_path = ''
as $$
  select 'case when %2$s = '''' or %2$s is null then null'
    || case when data_type ^@ 'field_' then ' when %1$s ~* ''^not obtained: '' then null' else '' end
    || case when data_type in ('text', 'choice', 'field_text') then $sql$ when %1$s ~ '^=|^[@+-].*[(|!]' then private.import_problem('PL198', %3$s, %1$s, array[left(%1$s, 80)])$sql$ else '' end
    || case when data_type in ('number', 'field_number') and decimal_sign is null then
      $sql$ when %1$s ~ '^\s*[+-]?\d*,\d+\s*$' then private.import_problem('PL207', %3$s, %1$s, array[left(%1$s, 80)], array['decimal sign'])$sql$ else '' end
    || case when data_type in ('date', 'field_date') and date_order is null then
      $sql$ when %1$s ~ '^\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s*$' then private.import_problem('PL207', %3$s, %1$s, array[left(%1$s, 80)], array['order of dates'])$sql$ else '' end
    || format(' when not (%s) then private.import_problem(''PL197'', %%3$s, %%1$s, array[left(%%1$s, 80), %s], array[%s])',
      private.readable_sql(data_type, choices), quote_literal(private.kind_of_value(replace(data_type, 'field_', ''))),
      replace(quote_literal(private.expected_value(replace(data_type, 'field_', ''), choices, decimal_sign, date_order)), '%', '%%'))
    || case when data_type = 'number' and num_nonnulls(low, high) > 0 then
      format(' when not (%%2$s::float8 between %L::float8 and %L::float8) then private.import_problem(''PL202'', %%3$s, %%1$s, array[left(%%1$s, 80)], array[%L])',
        coalesce(low, '-infinity'), coalesce(high, 'infinity'),
        concat_ws(' and ', 'at least ' || low, 'at most ' || high)) else '' end
    || ' end'
$$;
grant execute on function private.cell_problem_sql(text, text[], float8, float8, text, text) to member;

create or replace function private.kind_of_value(data_type text)
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type when 'number' then 'a number' when 'whole' then 'a whole number' when 'date' then 'a date' when 'boolean' then 'yes or no'
    when 'choice' then 'one of its choices' else 'short enough' end
$$;
grant execute on function private.kind_of_value(text) to member;

create or replace function private.expected_value(data_type text, choices text[], decimal_sign text, date_order text)
returns text
language sql immutable
set search_path = ''
as $$
  select case data_type
    when 'number' then 'a number such as 1' || coalesce(decimal_sign, '.') || '5, without thousands separators'
    when 'whole' then 'digits'
    when 'date' then 'a day that exists, such as ' || case date_order when 'dmy' then '31/12/2026' when 'mdy' then '12/31/2026' else '2026-12-31' end
    when 'boolean' then 'true or false'
    when 'choice' then array_to_string(choices, ', ')
    when 'text' then 'at most 10000 characters'
    else 'at most 100 characters' end
$$;
grant execute on function private.expected_value(text, text[], text, text) to member;

-- One thing that is wrong with a row. Its words are made when it is read (private.refusals).
create or replace function private.import_problem(code text, heading text, value text, args text[] default '{}', hint_args text[] default '{}')
returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('code', code, 'column', heading, 'value', left(value, 80), 'args', args, 'hint_args', hint_args)
$$;
grant execute on function private.import_problem(text, text, text, text[], text[]) to member;
