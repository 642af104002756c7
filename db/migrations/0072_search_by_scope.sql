-- The walk from the newest on, for those who see a few projects of a large lab.

create index search_documents_scope_idx on private.search_documents (scope_id, record_id);
