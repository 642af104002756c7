-- owner: law
-- A plate reader's export as wells. Nothing is guessed: a cell that cannot be read, a row that is too short, or a comma that may
-- be a decimal comma is a problem in words, and the caller decides.

-- The lines of an export as cells. A tab separates where there is one, else a semicolon, else a comma; quotes may stand around a cell.
create or replace function private.split_export(content text)
returns table (line integer, cells text[])
language sql immutable
set search_path = ''
as $$
  select row_number() over (order by l.n)::integer,
    array(
      select btrim(btrim(c.match[1]), '"')
      from regexp_matches(l.line || s.separator, format('("[^"]*"|[^%1$s]*)%1$s', s.separator), 'g') with ordinality c (match, n)
      order by c.n)
  from (select case when content ~ E'\t' then E'\t' when content ~ ';' then ';' else ',' end) s (separator),
    regexp_split_to_table(ltrim(content, U&'\FEFF'), '\r\n?|\n') with ordinality l (line, n)
  where btrim(l.line) <> ''
$$;

-- The rows of wells: without a first line that counts 1, 2, 3, …, and without the column of row letters, which is kept aside.
create or replace function private.rows_of_wells(content text, column_count integer)
returns table (number integer, letter text, cells text[])
language sql immutable
set search_path = ''
as $$
  with header as (
    select array(select n::text from generate_series(1, column_count) n) as cells
  ), body as (
    select row_number() over (order by l.line)::integer as number, l.cells
    from private.split_export(content) l, header h
    where l.line > 1 or h.cells not in (array_remove(l.cells, ''), array_remove(l.cells[2:], ''))
  ), lettered as (
    select exists (select from body where body.number = 1 and body.cells[1] ~* '^[a-p]$') as holds
  ), bare as (
    select b.number, case when l.holds then upper(b.cells[1]) end as letter, case when l.holds then b.cells[2:] else b.cells end as cells
    from body b, lettered l
  )
  select number, letter, case when cardinality(cells) = column_count + 1 then trim_array(cells, (cells[column_count + 1] = '')::integer) else cells end
  from bare
$$;

-- What is wrong with a row as a whole: then no well of it can be told from its neighbours.
create or replace function private.row_problem(number integer, letter text, cells text[], rows_given bigint, row_count integer, column_count integer)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when rows_given <> row_count then format('The file has %s rows of wells; expected %s.', rows_given, row_count)
    when letter <> chr(64 + number) then format('Row %s is labelled "%s"; expected %s.', number, letter, chr(64 + number))
    when cardinality(cells) = 2 * column_count then format(
      'Row %s has %s cells; expected %s. If the decimal sign is a comma, export with semicolons or tabs.', chr(64 + number), cardinality(cells), column_count)
    when cardinality(cells) <> column_count then format('Row %s has %s wells; expected %s.', chr(64 + number), cardinality(cells), column_count)
  end
$$;

-- Every well of the plate, in reading order.
create or replace function private.read_plate(content text, row_count integer, column_count integer, decimal_sign text)
returns table (well text, reported text, value float8, qualifier text, row_problem text, well_problem text)
language sql stable
set search_path = ''
as $$
  with given as materialized (
    select * from private.rows_of_wells(content, column_count)
  ), expected as (
    select r.number, g.cells,
      private.row_problem(r.number, g.letter, g.cells, (select count(*) from given), row_count, column_count) as problem
    from generate_series(1, row_count) r (number)
    left join given g on g.number = r.number
  )
  select chr(64 + e.number) || lpad(c::text, 2, '0'), case when e.problem is null then e.cells[c] end, w.value, w.qualifier, e.problem, w.problem
  from expected e
  cross join generate_series(1, column_count) c
  left join lateral private.read_well(e.cells[c], decimal_sign) w on e.problem is null
  order by e.number, c
$$;

-- One cell: a number, a number with < or >, or an overflow mark. A decimal sign other than the named one is asked about.
create or replace function private.read_well(cell text, decimal_sign text, out value float8, out qualifier text, out problem text)
language plpgsql immutable
set search_path = ''
as $$
declare
  plain constant text := case decimal_sign when ',' then translate(cell, ',.', '.,') else cell end;
  number constant numeric := private.decimal_of(ltrim(plain, '<> '));
begin
  if cell = '' then
    problem := 'the well is empty';
  elsif upper(cell) in ('OVRFLW', 'OVERFLOW') then
    qualifier := 'overflow';
  elsif plain ~ '^[<>]? *[+-]?\d*,\d+(e[+-]?\d+)?$' then
    problem := format('"%s" is not written with the decimal sign "%s"; say which sign the file uses', cell, decimal_sign);
  elsif number is null or plain !~ '^[<>]? *[^<> ]+$' then
    problem := format('"%s" is not a number', left(cell, 40));
  elsif abs(number) > 1e300 or (number <> 0 and abs(number) < 1e-300) then
    problem := format('"%s" is out of the range of numbers', left(cell, 40));
  else
    value := number::float8;
    qualifier := substring(plain from '^[<>]');
  end if;
end $$;
