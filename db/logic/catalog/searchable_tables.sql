-- The catalog of what search finds: one line per kind. Triggers that keep its documents follow from it (govern_search.sql).
-- code    carried on a label or typed by people
-- title   its words weigh most, and are what misspelt words are compared with
-- detail  shown beside the title
-- more    further words; expressions speak of the row as `r`, of nothing else, and name a person nowhere

create temporary table wanted_searchable (like private.searchable_tables) on commit drop;
insert into wanted_searchable (kind, table_name, code_sql, title_sql, detail_sql, status_sql, more_sql) values
  ('sample',     'samples',     'r.code', 'r.name',  'r.sample_type', 'r.status', 'r.description'),
  ('experiment', 'experiments', 'r.code', 'r.name',  'r.question',    'r.status', 'r.source'),
  ('entry',      'entries',     null,     'r.title', null,            null,       'private.document_text(r.document)'),
  ('file',       'files',       null,     'r.name',  'r.media_type',  'r.status', null),
  ('plate',      'plates',      'r.code', 'r.name',  null,            null,       null),
  ('analysis',   'analyses',    'r.code', 'r.title', 'r.notebook',    null,       null),
  ('result',     'results',     'r.code', 'r.name',  null,            'r.status', null),
  ('sop',        'sops',        'r.code', 'r.title', null,            null,       null),
  ('sop_run',    'sop_runs',    'r.code', 'r.name',  null,            'r.status', null);

merge into private.searchable_tables s
using wanted_searchable w on w.kind = s.kind
when matched then update set
  table_name = w.table_name, code_sql = w.code_sql, title_sql = w.title_sql, detail_sql = w.detail_sql,
  status_sql = w.status_sql, more_sql = w.more_sql
when not matched by target then insert values (w.*)
when not matched by source then delete;
