-- What a record's children inherit. One line per column through which rights come down; the policies are generated from it.
-- A line from a kind to itself, by its id, says that single records of it can be granted and denied.
-- passes   both: a grant and a deny come down; deny: only a deny does (a grant on one end of a link does not show the other end)

create temporary table wanted_inheritance (like private.access_inheritance) on commit drop;
insert into wanted_inheritance (child, via_column, parent, passes) values
  ('samples',          'id',            'samples',     'both'),
  ('sample_origins',   'sample_id',     'samples',     'deny'),
  ('sample_origins',   'parent_id',     'samples',     'deny'),
  ('material_acts',    'material_id',   'samples',     'both'),
  ('foreign_codes',    'material_id',   'samples',     'both'),
  ('experiments',      'id',            'experiments', 'both'),
  ('entries',          'experiment_id', 'experiments', 'both'),
  ('files',            'id',            'files',       'both'),
  ('files',            'experiment_id', 'experiments', 'both'),
  ('plates',           'experiment_id', 'experiments', 'both'),
  ('plate_files',      'plate_id',      'plates',      'both'),
  ('measurements',     'experiment_id', 'experiments', 'both'),
  ('measurements',     'sample_id',     'samples',     'both'),
  ('analyses',         'experiment_id', 'experiments', 'both'),
  ('analysis_inputs',  'analysis_id',   'analyses',    'both'),
  ('analysis_samples', 'analysis_id',   'analyses',    'deny'),
  ('analysis_samples', 'sample_id',     'samples',     'deny'),
  ('results',          'id',            'results',     'both'),
  ('results',          'experiment_id', 'experiments', 'both'),
  ('results',          'sample_id',     'samples',     'both'),
  ('result_values',    'result_id',     'results',     'both'),
  ('sop_runs',         'id',            'sop_runs',    'both'),
  ('sop_runs',         'experiment_id', 'experiments', 'both'),
  ('sop_run_samples',  'sop_run_id',    'sop_runs',    'deny'),
  ('sop_run_samples',  'sample_id',     'samples',     'deny'),
  ('run_steps',        'sop_run_id',    'sop_runs',    'both'),
  ('step_records',     'run_step_id',   'run_steps',   'both'),
  ('deviations',       'run_step_id',   'run_steps',   'both'),
  ('shipment_items',   'sample_id',     'samples',     'deny'),
  ('instrument_runs',  'experiment_id', 'experiments', 'deny'),
  ('entry_links',      'entry_id',      'entries',     'both'),
  ('entry_links',      'sample_id',     'samples',     'deny'),
  ('entry_links',      'result_id',     'results',     'deny'),
  ('entry_links',      'sop_run_id',    'sop_runs',    'deny'),
  ('entry_links',      'file_id',       'files',       'deny'),
  ('tests',            'sample_id',     'samples',     'deny'),
  ('result_set_items', 'result_id',     'results',     'deny'),
  ('signatures',       'record_id',     'run_steps',   'both');

merge into private.access_inheritance i
using wanted_inheritance w on w.child = i.child and w.via_column = i.via_column and w.parent = i.parent
when matched then update set passes = w.passes
when not matched by target then insert values (w.*)
when not matched by source then delete;
