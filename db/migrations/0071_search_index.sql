-- Each row written pays for each index: documents keep the two that are needed. Codes are found by their own unique indexes.

drop index private.search_documents_newest_idx;
alter table private.search_documents
  drop constraint search_documents_pkey,
  drop column code,
  add primary key (lab_id, record_id);   -- also the walk from the newest on
