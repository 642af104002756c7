-- What can be found: one document of words for each record, written with it; which tables have one is a catalog.

create extension unaccent schema extensions;

-- Neither German nor English: whole words without case and accents. `µ` and `μ` are one letter, `ß` is `ss`.
create text search configuration private.words (copy = pg_catalog.simple);
alter text search configuration private.words
  alter mapping for word, numword, hword, hword_part, hword_numpart, numhword with extensions.unaccent, pg_catalog.simple;

-- One line per kind of record that search finds (logic/catalog/searchable_tables.sql). Expressions speak of the row as `r`.
create table private.searchable_tables (
  kind text primary key,
  table_name name not null unique references private.governed_tables,
  code_sql text,
  title_sql text not null,
  detail_sql text,
  status_sql text,
  more_sql text
);

-- Read by definer functions alone. No key to the record: triggers of its table keep it, in the same statement.
create table private.search_documents (
  record_id uuid primary key,
  lab_id uuid not null,
  scope_id uuid not null,   -- whose members may see it: the project, or the lab where there is none
  kind text not null,
  code text collate "C",
  words tsvector not null
);
create index search_documents_newest_idx on private.search_documents (lab_id, record_id);
create index search_documents_code_idx on private.search_documents (code);
create index search_documents_words_idx on private.search_documents using gin (words);
-- Which words are common, so that the planner knows when to walk from the newest on.
alter table private.search_documents alter words set statistics 500;

-- The words of titles, by scope, that a misspelt word is compared with. Not unique: writers must not wait for one another.
create table private.search_words (
  scope_id uuid not null,
  word text not null
);
create index search_words_word_idx on private.search_words (scope_id, word);
create index search_words_alike_idx on private.search_words using gin (word extensions.gin_trgm_ops);

grant select, insert, update, delete on private.search_documents, private.search_words to law;
grant select on private.searchable_tables to law, member;

create type api_v1.search_hit as (
  kind text,
  id uuid,
  code text,
  title text,
  detail text,
  status text,
  project text,
  created_at timestamptz,
  marked_title text,
  snippet text,
  matched text,
  score integer,
  cursor text
);
comment on type api_v1.search_hit is
  'A record that was found. «» in marked_title and snippet stand around what matched; matched is code, words, alike or newest; send cursor back as after.';
grant usage on type api_v1.search_hit to member;
