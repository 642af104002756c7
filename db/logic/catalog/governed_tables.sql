-- The catalog of governed tables: one line per table of schema lab. What a line implies is in govern.sql.
-- scope          whose membership opens a row: of its lab, of its project, or an admin's (lab admin or QA) of its lab
-- insert_roles   who may insert through the API; {} means only functions write
-- update_roles   who may edit through the API, field by field
-- fixed_columns  columns that never change once written
-- merge_groups   columns that count as one field when two people edit, written "value,unit"

create temporary table wanted (like private.governed_tables) on commit drop;
insert into wanted (table_name, scope, insert_roles, update_roles, fixed_columns, merge_groups) values
  ('labs',             'lab',     '{}',                     '{}',                     '{code}',                   '{}'),
  ('people',           'lab',     '{}',                     '{}',                     '{login}',                  '{}'),
  ('projects',         'lab',     '{lab_admin}',            '{lab_admin}',            '{code}',                   '{}'),
  ('memberships',      'lab',     '{lab_admin}',            '{}',                     '{}',                       '{}'),
  ('teams',            'lab',     '{lab_admin}',            '{lab_admin}',            '{code}',                   '{}'),
  ('team_members',     'lab',     '{lab_admin}',            '{lab_admin}',            '{team_id,person_id}',      '{}'),
  ('access_rules',     'admin',   '{}',                     '{}',                     '{}',                       '{}'),
  ('units',            'lab',     '{lab_admin}',            '{lab_admin}',            '{code}',                   '{}'),
  ('measurands',       'lab',     '{lab_admin}',            '{lab_admin}',            '{code}',                   '{}'),
  ('samples',          'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,code,kind}',   '{"amount,amount_unit","place_id,position","fields.*"}'),
  ('places',           'lab',     '{lab_admin,technician,analyst}', '{lab_admin,technician,analyst}', '{code,kind,row_count,column_count}', '{}'),
  ('material_acts',    'project', '{technician,analyst}',   '{}',                     '{}',                       '{}'),
  ('lots',             'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,material_id}', '{"expires_on,expiry_reason"}'),
  ('foreign_codes',    'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,material_id}', '{"kind,code"}'),
  ('sample_types',     'lab',     '{lab_admin}',            '{lab_admin}',            '{}',                       '{}'),
  ('sample_type_versions', 'lab', '{lab_admin}',            '{lab_admin}',            '{sample_type_id,number,effective_at}', '{}'),
  ('sample_fields',    'lab',     '{}',                     '{}',                     '{}',                       '{}'),
  ('imports',          'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,kind,act_key,file_name,file_sha256,columns}', '{}'),
  ('sample_origins',   'project', '{technician,analyst}',   '{}',                     '{}',                       '{}'),
  ('experiments',      'project', '{analyst}',              '{analyst}',              '{project_id,code}',        '{}'),
  ('entries',          'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,experiment_id,template_id,locked_at,locked_by}', '{}'),
  ('files',            'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('plates',           'project', '{technician,analyst}',   '{technician,analyst}',   '{project_id,experiment_id,code,row_count,column_count}', '{}'),
  ('plate_files',      'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('measurements',     'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('analyses',         'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('analysis_inputs',  'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('analysis_samples', 'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('results',          'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('result_values',    'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('sops',             'lab',     '{}',                     '{}',                     '{}',                       '{}'),
  ('sop_versions',     'lab',     '{}',                     '{}',                     '{}',                       '{}'),
  ('sop_steps',        'lab',     '{}',                     '{}',                     '{}',                       '{}'),
  ('sop_runs',         'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('sop_run_samples',  'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('run_steps',        'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('step_records',     'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('deviations',       'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('signatures',       'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('shipments',        'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('shipment_items',   'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('instruments',      'lab',     '{lab_admin}',            '{lab_admin}',            '{code,calibration_due_on}', '{}'),
  ('calibrations',     'lab',     '{}',                     '{}',                     '{}',                       '{}'),
  ('instrument_bookings', 'project', '{}',                  '{}',                     '{}',                       '{}'),
  ('instrument_runs',  'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('requests',         'project', '{}',                     '{analyst}',              '{project_id,code,status,finished_at}', '{}'),
  ('tests',            'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('entry_templates',  'lab',     '{analyst,lab_admin}',    '{analyst,lab_admin}',    '{}',                       '{}'),
  ('entry_links',      'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('result_sets',      'project', '{}',                     '{}',                     '{}',                       '{}'),
  ('result_set_items', 'project', '{}',                     '{}',                     '{}',                       '{}');

merge into private.governed_tables g
using wanted w on w.table_name = g.table_name
when matched then update set
  scope = w.scope, insert_roles = w.insert_roles, update_roles = w.update_roles,
  fixed_columns = w.fixed_columns, merge_groups = w.merge_groups
when not matched by target then insert values (w.*)
when not matched by source then delete;
