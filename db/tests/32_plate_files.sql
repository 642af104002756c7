-- A plate reader's export is previewed, then committed whole or not at all, once, by those who may.

insert into lab.experiments (lab_id, project_id, name, synthetic) select lab_id, id, 'Tap plates', true from lab.projects where code = 'IMM';
insert into lab.plates (lab_id, project_id, experiment_id, name, row_count, column_count)
select lab_id, project_id, id, v.name, v.rows, v.columns
from lab.experiments, (values ('Tap 96 "<b>" 🧪', 8, 12), ('Tap 96 again', 8, 12), ('Tap 384', 16, 24)) v (name, rows, columns)
where experiments.name = 'Tap plates';
insert into lab.files (lab_id, project_id, name, media_type, size_bytes, sha256, status)
select lab_id, id, 'Tap ' || status, 'text/csv', 1, repeat('a', 64), status from lab.projects, unnest('{stored,verified}'::text[]) status where code = 'IMM';

-- An export whose wells are numbered 0.001, 0.002, …; `first` stands in A01.
create function pg_temp.export(rows int default 8, columns int default 12, separator text default ',', letters boolean default false,
  header boolean default false, first text default '0.001', line_end text default E'\n', decimal_sign text default '.')
returns text language sql as $$
  select case when header then case when letters then 'corner' || separator else '' end
      || (select string_agg(c::text, separator order by c) from generate_series(1, columns) c) || line_end else '' end
    || string_agg(case when letters then chr(64 + r) || separator else '' end || line, line_end order by r)
  from generate_series(1, rows) r
  cross join lateral (
    select string_agg(case when r = 1 and c = 1 then first else '0' || decimal_sign || lpad(((r - 1) * columns + c)::text, 3, '0') end, separator order by c) as line
    from generate_series(1, columns) c) l
$$;
create function pg_temp.plate(wanted text) returns uuid language sql security definer as $$ select id from lab.plates where name like wanted $$;
create function pg_temp.preview(content text, decimal_sign text default '.', plate text default 'Tap 96 "%')
returns jsonb language sql as $$ select api_v1.preview_plate_file(pg_temp.plate(plate), content, decimal_sign) $$;
create function pg_temp.commit(content text, measurand text default 'OD', decimal_sign text default '.', file uuid default null, plate text default 'Tap 96 "%')
returns jsonb language sql as $$ select api_v1.commit_plate_file(pg_temp.plate(plate), content, measurand, file, decimal_sign) $$;
create function pg_temp.well(preview jsonb, well text)
returns jsonb language sql as $$ select w - 'well' from jsonb_array_elements(preview -> 'wells') w where w ->> 'well' = well $$;
grant execute on function pg_temp.export(int, int, text, boolean, boolean, text, text, text), pg_temp.plate(text), pg_temp.preview(text, text, text),
  pg_temp.commit(text, text, text, uuid, text), pg_temp.well(jsonb, text) to public;

-- Every usual shape reads alike.
select tap.as_person('tess');
select tap.same(
  (select jsonb_build_array(p -> 'ok', p -> 'problems', jsonb_array_length(p -> 'wells'), pg_temp.well(p, 'A01') -> 'value', pg_temp.well(p, 'H12') -> 'value')
   from pg_temp.preview(content) p),
  '[true, [], 96, 0.001, 0.096]', 'an export reads: ' || sentence)
from (values
  (pg_temp.export(), 'bare, with commas'),
  (pg_temp.export(separator => ';', letters => true, header => true), 'with semicolons, letters and a header'),
  (pg_temp.export(separator => E'\t', letters => true), 'with tabs and letters'),
  (pg_temp.export(header => true), 'with a header alone'),
  (E'\uFEFF' || pg_temp.export(header => true, letters => true, line_end => E'\r\n') || E'\r\n\r\n', 'as a spreadsheet on Windows saves it'),
  (pg_temp.export(line_end => E',\n') || ',', 'with a separator at each end of line'),
  (pg_temp.export(first => ' "0.001" '), 'with quotes and blanks around a cell')) v (content, sentence);
select tap.same((select jsonb_build_array(p -> 'ok', p -> 'rows', p -> 'columns', pg_temp.well(p, 'P24') -> 'value')
  from pg_temp.preview(pg_temp.export(16, 24, letters => true, header => true), plate => 'Tap 384') p), '[true, 16, 24, 0.384]', 'a plate of 384 wells reads as well');

-- One cell.
select tap.same(pg_temp.well(pg_temp.preview(pg_temp.export(first => cell, separator => ';')), 'A01'), want::jsonb, sentence)
from (values
  ('0.100', '{"reported": "0.100", "value": 0.1, "qualifier": null, "problem": null}', 'a number keeps the digits it was reported with'),
  ('-1.5e-3', '{"reported": "-1.5e-3", "value": -0.0015, "qualifier": null, "problem": null}', 'an exponent is understood'),
  ('< 0.05', '{"reported": "< 0.05", "value": 0.05, "qualifier": "<", "problem": null}', 'below a limit is a value with a qualifier'),
  ('OVRFLW', '{"reported": "OVRFLW", "value": null, "qualifier": "overflow", "problem": null}', 'an overflow is a qualifier, not a number'),
  ('---', '{"reported": "---", "value": null, "qualifier": null, "problem": "\"---\" is not a number"}', 'a mark that means nothing to us is a problem'),
  ('NaN', '{"reported": "NaN", "value": null, "qualifier": null, "problem": "\"NaN\" is not a number"}', 'NaN is not a number'),
  ('1 2', '{"reported": "1 2", "value": null, "qualifier": null, "problem": "\"1 2\" is not a number"}', 'two numbers are not one'),
  ('<script>', '{"reported": "<script>", "value": null, "qualifier": null, "problem": "\"<script>\" is not a number"}', 'nor is markup'),
  ('', '{"reported": "", "value": null, "qualifier": null, "problem": "the well is empty"}', 'an empty well is a problem'),
  ('1e999', '{"reported": "1e999", "value": null, "qualifier": null, "problem": "\"1e999\" is out of the range of numbers"}', 'a number beyond float8 is a problem'),
  ('0,123', '{"reported": "0,123", "value": null, "qualifier": null, "problem": "\"0,123\" is not written with the decimal sign \".\"; say which sign the file uses"}',
    'a decimal comma is asked about, not guessed')) v (cell, want, sentence);
select tap.same((select jsonb_build_array(p -> 'ok', pg_temp.well(p, 'H12')) from pg_temp.preview(pg_temp.export(separator => ';', first => '0,001', decimal_sign => ','), ',') p),
  '[true, {"reported": "0,096", "value": 0.096, "qualifier": null, "problem": null}]', 'once the decimal sign is said, it reads, and the digits stay as reported');
select tap.same(pg_temp.preview(pg_temp.export(separator => ';', first => '0.001', decimal_sign => ','), ',') -> 'problems',
  '["A01: \"0.001\" is not written with the decimal sign \",\"; say which sign the file uses."]', 'and a point is then the problem');
select tap.throws($$select pg_temp.preview('', '·')$$, 'PL008', 'an unknown decimal sign is refused');
select tap.throws($$select pg_temp.preview(repeat('1,', 50001))$$, 'PL008', 'an export of a hundred thousand characters is not one of a plate');
select tap.throws($$select pg_temp.preview(null)$$, 'PL008', 'nor is nothing');

-- Wrong shapes, in words; no well of an uncertain row gets a value.
select tap.same((select p -> 'problems' || jsonb_build_array(p -> 'ok', pg_temp.well(p, bad) -> 'value', pg_temp.well(p, good) -> 'value') from pg_temp.preview(content) p),
  want::jsonb, sentence)
from (values
  (regexp_replace(pg_temp.export(letters => true), ',0.036\n', E'\n'), 'C01', 'D01', '["Row C has 11 wells; expected 12.", false, null, 0.037]', 'one well short is said of its row'),
  (pg_temp.export(rows => 7), 'A01', 'H12', '["The file has 7 rows of wells; expected 8.", false, null, null]', 'a row short is said'),
  (pg_temp.export(rows => 9), 'A01', 'H12', '["The file has 9 rows of wells; expected 8.", false, null, null]', 'a row too many as well'),
  ('', 'A01', 'H12', '["The file has 0 rows of wells; expected 8.", false, null, null]', 'nothing at all too'),
  (replace(pg_temp.export(letters => true), E'\nC,', E'\nD,'), 'C01', 'D01', '["Row 3 is labelled \"D\"; expected C.", false, null, 0.037]', 'a wrong letter is said'),
  (regexp_replace(pg_temp.export(), ',0.036\n', E',0.036,7\n'), 'C01', 'D01', '["Row C has 13 wells; expected 12.", false, null, 0.037]', 'one well too many is said'))
  v (content, bad, good, want, sentence);
select tap.ok(pg_temp.preview(pg_temp.export(first => '0,001', decimal_sign => ',')) ->> 'problems' like '%Row A has 24 cells; expected 12. If the decimal sign is a comma, export with semicolons or tabs.%',
  'commas that separate and decimal commas cannot be told apart, and it says so');

-- Who may not.
select tap.as_anonymous();
select tap.throws($$select api_v1.commit_plate_file(uuidv7(), '', 'OD')$$, '42501', 'nobody commits');
select tap.throws($$select api_v1.preview_plate_file(uuidv7(), '')$$, '42501', 'nor looks');
select tap.as_person('sten');
select tap.throws($$select pg_temp.preview(pg_temp.export())$$, 'PL004', 'for a stranger the plate does not exist');
select tap.throws($$select pg_temp.commit(pg_temp.export())$$, 'PL004', 'and he commits nothing to it');
select tap.as_person('rhea');
select tap.same(pg_temp.preview(pg_temp.export()) -> 'ok', 'true', 'a reviewer may look');
select tap.throws($$select pg_temp.commit(pg_temp.export())$$, 'PL003', 'and does not commit');

-- Whole or not at all.
select tap.as_person('arno');
select tap.throws($$select pg_temp.commit(pg_temp.export(first => '---'))$$, 'PL019', 'one well that cannot be read refuses the whole');
select tap.throws($$select pg_temp.commit(pg_temp.export(rows => 7))$$, 'PL019', 'so does a wrong shape');
select tap.throws($$select pg_temp.commit(pg_temp.export(), 'phlogiston')$$, 'PL004', 'a measurand that the lab lacks does not exist');
select tap.throws($$select pg_temp.commit(pg_temp.export(), file => (select id from api_v1.files where name = 'Tap stored'))$$, 'PL004', 'nor does a file that is not verified');
select tap.lives($$select pg_temp.commit(pg_temp.export(), file => (select id from api_v1.files where name = 'Tap verified'), plate => 'Tap 96 again')$$, 'a verified file stands behind its numbers');
select tap.throws($$select pg_temp.commit(pg_temp.export(), decimal_sign => '·')$$, 'PL008', 'an unknown decimal sign is refused here too');
select tap.same(tap.count($$select from api_v1.measurements where plate_id = pg_temp.plate('Tap 96 "%')$$), 0::bigint, 'and nothing was written');
select tap.same(pg_temp.commit(pg_temp.export(first => 'OVRFLW')), '{"committed": 96}', 'an analyst commits 96 wells');
select tap.same((select string_agg(concat_ws(' ', well, value, reported, qualifier, measurand, unit, experiment = (select code from api_v1.experiments where name = 'Tap plates'), synthetic), ', ' order by well)
  from api_v1.measurements where plate_id = pg_temp.plate('Tap 96 "%') and well in ('A01', 'H12')),
  'A01 OVRFLW overflow OD 1 t t, H12 0.096 0.096 OD 1 t t', 'each with its digits, the measurand''s unit, and the mark of its experiment');
select tap.same(pg_temp.preview(pg_temp.export(first => 'OVRFLW')) -> 'already_committed', 'true', 'the preview notices the same export');
select tap.same(pg_temp.preview(pg_temp.export()) -> 'already_committed', 'false', 'and knows another one');
select tap.throws($$select pg_temp.commit(pg_temp.export(first => 'OVRFLW'))$$, 'PL020', 'the same export is not committed twice');
select tap.throws($$select pg_temp.commit(pg_temp.export(first => 'OVRFLW'), 'A595')$$, 'PL020', 'not even as something else');
select tap.lives($$select pg_temp.commit(pg_temp.export(first => 'OVRFLW'), plate => 'Tap 96 again')$$, 'another plate takes the same numbers');
select tap.as_person('tess');
select tap.lives($$select pg_temp.commit(pg_temp.export(16, 24), plate => 'Tap 384')$$, 'a technician commits a plate of 384');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.measurements where plate_id is not null'), 0::bigint, 'a stranger sees none of it');
select tap.as_migrator();
select tap.same((select content from lab.plate_files f join lab.plates p on p.id = f.plate_id where p.name like 'Tap 96 "%'), pg_temp.export(first => 'OVRFLW'),
  'the export itself is kept untouched');
