/**
 * The policy matrix: who may do what to a record of the projects ENZ and IMM of the lab DEMO, one line for each exposed view
 * and function. policy-matrix.test.ts asks every one of the cast over REST and over GraphQL, and fails for an object that has
 * no line here. Persons are named by what they are (policy-matrix-cast.ts); nobody who is not named may.
 */

/** Everyone who belongs to both projects; to their lab; or to any lab. */
const project = 'viewer technician analyst reviewer qa lab_admin'
const lab = `${project} other_project denied`
const anybody = `${lab} other_lab`
const writers = 'technician analyst lab_admin'

export interface ViewLine {
  /** Who sees the row. The first one named sees one at least: where the demo has none, policy-matrix-rows.sql makes it. */
  reads: string
  /** Who may insert a copy of the row; nobody, if not said. */
  inserts?: string
  /** Who may edit the row; nobody, if not said. */
  updates?: string
  /** Which of the rows, where the first one is none of the projects'. */
  where?: string
  /** Fields of the copy that a constraint refuses, where nothing else does: so the matrix leaves no rows behind. */
  spoiled?: Record<string, unknown>
  /** Why GraphQL does not have it. */
  restOnly?: string
}

export interface FunctionLine {
  /** Who may call it on that record. Others are refused, or get nothing. */
  calls: string
  /** `of('samples')` is the row of that view which everyone is asked about. What acts is given something it refuses later on. */
  with?: (of: (view: string) => Record<string, unknown>) => Record<string, unknown>
  /** What an answer must contain to be about that record, where it could be about others. */
  about?: (of: (view: string) => Record<string, unknown>) => unknown
  /** Why GraphQL does not have it. */
  restOnly?: string
}

export const views: Record<string, ViewLine> = {
  access_rules: { reads: 'qa lab_admin' },
  analyses: { reads: project },
  analysis_inputs: { reads: project },
  calibrations: { reads: lab },
  changes: { reads: project, where: `table_name = 'samples'` },
  deviations: { reads: project, where: `status = 'closed'` },
  entries: { reads: project, inserts: writers, updates: writers, spoiled: { title: ' ' } },
  entry_links: { reads: project, where: 'removed_at is not null' },
  entry_templates: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin', spoiled: { name: ' ' } }, // and analysts of the whole lab
  entry_versions: { reads: project },
  experiments: { reads: project, inserts: 'analyst lab_admin', updates: 'analyst lab_admin' },
  expiring_lots: { reads: project },
  files: { reads: project },
  foreign_codes: { reads: project, inserts: writers, updates: writers },
  imported_rows: { reads: project },
  imports: { reads: project },
  instrument_bookings: { reads: project, where: 'ends_at < now()' },
  instrument_runs: { reads: project },
  instruments: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  known_units: { reads: anybody },
  labs: { reads: lab },
  lots: { reads: project, updates: writers },
  low_stock: { reads: project },
  material_acts: { reads: project },
  material_departures: { reads: project },
  measurands: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  measurements: { reads: project },
  memberships: { reads: lab, inserts: 'lab_admin' },
  people: { reads: lab },
  places: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  plates: { reads: project, inserts: writers, updates: writers },
  projects: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  requests: { reads: project, updates: 'analyst lab_admin' },
  result_set_items: { reads: project, where: `result_set = (select code from api_v1.result_sets where name = 'Matrix')` },
  result_sets: { reads: project, where: `name = 'Matrix'` },
  result_values: { reads: project },
  results: { reads: project },
  run_steps: { reads: project },
  sample_fields: { reads: lab },
  sample_numbers: { reads: project },
  sample_type_versions: { reads: lab, where: `status = 'draft'`, inserts: 'lab_admin', updates: 'lab_admin', spoiled: { fields: {} } },
  sample_types: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  sample_origins: { reads: project, inserts: writers },
  samples: { reads: project, inserts: writers, updates: writers },
  search_fields: { reads: anybody },
  search_links: { reads: anybody },
  shipment_discrepancies: { reads: project },
  shipment_items: { reads: project },
  shipments: { reads: project },
  signatures: { reads: project },
  sop_run_samples: { reads: project },
  sop_runs: { reads: project, where: `status = 'aborted'` },
  sop_versions: { reads: lab },
  sops: { reads: lab },
  team_members: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  teams: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  tests: { reads: project, where: `status = 'done'` },
  turnaround: { reads: project },
  units: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
}

const aStep = (of: (view: string) => Record<string, unknown>) => ({ run_id: of('run_steps').sop_run_id, step: of('run_steps').key })

export const functions: Record<string, FunctionLine> = {
  abandon_import: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id }) }, // whoever began it, and nobody else: policy-matrix-rows.sql
  abort_run: { calls: 'technician analyst reviewer qa lab_admin', with: (of) => ({ run_id: of('sop_runs').id, reason: 'Matrix' }) },
  advance_run: { calls: 'technician lab_admin', with: (of) => ({ ...aStep(of), fields: {}, act_key: null }) },
  announce_shipment: { calls: writers, with: (of) => ({ project_id: of('experiments').project_id, sender: ' ', items: [], act_key: null }) },
  archive_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, reason: 'Matrix', act_key: null }) },
  arrow_page: { calls: anybody, with: () => ({ relation: 'samples' }), restOnly: 'it answers in a media type' },
  begin_import: { calls: writers, with: (of) => ({ kind: 'samples', project_id: of('experiments').project_id, file_name: 'matrix.csv', file_sha256: '', columns: [], act_key: null }) },
  block_lot: { calls: writers, with: (of) => ({ material_id: of('lots').material_id, reason: 'Matrix', act_key: null }) },
  book_instrument: { calls: writers, with: (of) => ({ instrument_id: of('instruments').id, project_id: of('experiments').project_id, starts_at: null, ends_at: null, purpose: 'Matrix', act_key: null }) },
  cancel_booking: { calls: writers, with: (of) => ({ booking_id: of('instrument_bookings').id, reason: 'Matrix' }) },
  cancel_tests: { calls: 'analyst lab_admin', with: (of) => ({ test_ids: [of('tests').id], reason: 'Matrix' }) },
  check_sample_fields: { calls: lab, with: (of) => ({ sample_type: of('sample_types').name, fields: {} }) },
  close_deviation: { calls: 'reviewer qa lab_admin', with: (of) => ({ deviation_id: of('deviations').id, decision: 'Matrix' }) },
  close_shipment: { calls: writers, with: (of) => ({ shipment_id: of('shipments').id, act_key: null }) },
  commit_import: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id }) },
  commit_plate_file: { calls: writers, with: (of) => ({ plate_id: of('plates').id, content: 'no plate', measurand: of('measurands').code }) },
  commit_upload: { calls: writers, with: (of) => ({ file_id: of('files').id }) },
  consume_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, act_key: null }) },
  convert: { calls: anybody, with: () => ({ value: 1, from_unit: 'L', to_unit: 'mL' }) },
  correct_amount: { calls: writers, with: (of) => ({ material_id: of('samples').id, amount: 1, unit: 'mL', reason: 'Matrix', act_key: null }) },
  correct_result_set: { calls: 'analyst lab_admin', with: (of) => ({ result_set_id: of('result_sets').id, result_ids: [], reason: 'Matrix', act_key: null }) },
  count_matches: { calls: project, with: (of) => ({ query: of('samples').code }) },
  define_sample_type: { calls: 'lab_admin other_lab', with: () => ({ name: ' ', fields: [] }) },
  count_samples: { calls: project, with: (of) => ({ filter: { field: 'code', value: of('samples').code } }), about: () => '"found":1' },
  dispose_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, reason: 'Matrix', act_key: null }) },
  exclude_measurement: { calls: writers, with: (of) => ({ measurement_id: of('measurements').id, reason: ' ' }) },
  find_by_code: { calls: project, with: (of) => ({ code: of('samples').code }) },
  find_code: { calls: project, with: (of) => ({ code: of('samples').code }) },
  find_samples: { calls: project, with: (of) => ({ filter: { field: 'code', value: of('samples').code } }), about: (of) => of('samples').id },
  finish_tests: { calls: writers, with: (of) => ({ test_ids: [of('tests').id] }) },
  get_lineage: { calls: project, with: (of) => ({ record_id: of('samples').id }) },
  grant_upload: { calls: writers, with: (of) => ({ name: ' ', media_type: 'text/plain', size_bytes: 1, sha256: '0'.repeat(64), experiment_id: of('experiments').id }) },
  hand_over_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, custodian_id: null, act_key: null }) },
  include_measurement: { calls: writers, with: (of) => ({ measurement_id: of('measurements').id, reason: ' ' }) },
  invalidate_result_set: { calls: 'reviewer qa lab_admin', with: (of) => ({ result_set_id: of('result_sets').id, reason: 'Matrix' }) },
  link_record: { calls: writers, with: (of) => ({ entry_id: of('entries').id, kind: 'nothing', record_id: of('samples').id }) },
  lock_entry: { calls: writers, with: (of) => ({ entry_id: of('entries').id, version: 99_999 }) },
  judge_import: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id, row_count: 0 }) },
  make_effective: { calls: 'qa lab_admin', with: (of) => ({ sop_version_id: of('sop_versions').id, reason: ' ' }) },
  make_sample_type_effective: { calls: 'lab_admin', with: (of) => ({ version_id: of('sample_type_versions').id }) },
  make_result_set: { calls: 'analyst lab_admin', with: (of) => ({ project_id: of('experiments').project_id, name: 'Matrix', result_ids: [], act_key: null }) },
  make_parts: { calls: writers, with: (of) => ({ parent_id: of('samples').id, kind: 'aliquot', parts: [], act_key: null }) },
  me: { calls: anybody },
  move_materials: { calls: anybody, with: (of) => ({ moves: [{ material_id: of('samples').id, place_id: of('places').id }], act_key: null }) }, // each move is judged by itself (PL145): db/tests
  open_file: { calls: project, with: (of) => ({ file_id: of('files').id }) },
  open_lot: { calls: writers, with: (of) => ({ material_id: of('lots').material_id, act_key: null }) },
  pool_materials: { calls: anybody, with: (of) => ({ parts: [{ material_id: of('samples').id }], name: 'Matrix', act_key: null }) }, // each part is judged by itself (PL153): db/tests
  prepare_material: { calls: anybody, with: (of) => ({ parts: [{ material_id: of('samples').id }], name: 'Matrix', act_key: null }) }, // the same
  preview_plate_file: { calls: project, with: (of) => ({ plate_id: of('plates').id, content: 'no plate' }) },
  propose_mapping: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id }) },
  quarantine_lot: { calls: writers, with: (of) => ({ material_id: of('lots').material_id, reason: 'Matrix', act_key: null }) },
  rack_materials: { calls: anybody, with: (of) => ({ place_id: of('places').id, items: [{ material_id: of('samples').id }], act_key: null }) }, // each item is judged by itself (PL145): db/tests
  read_calendar: { calls: lab, with: (of) => ({ instrument_id: of('instruments').id, from_time: null, until_time: null }) },
  read_changes: { calls: project, with: (of) => ({ since: Number(of('changes').position) - 1, most: 1 }), about: (of) => of('changes').record_id },
  read_import_problems: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id }) },
  read_place: { calls: lab, with: (of) => ({ place_id: of('places').id }) },
  read_place_path: { calls: lab, with: (of) => ({ place_id: of('places').id }) },
  receive_items: { calls: writers, with: (of) => ({ shipment_id: of('shipments').id, items: [], act_key: null }) },
  receive_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, condition: 'good', act_key: null }) },
  record_calibration: { calls: 'qa lab_admin', with: (of) => ({ instrument_id: of('instruments').id, outcome: 'unknown', calibrated_at: null, performed_by: ' ', act_key: null }) },
  record_instrument_run: { calls: writers, with: (of) => ({ instrument_id: of('instruments').id, project_id: of('experiments').project_id, name: ' ', started_at: null, act_key: null }) },
  register_analysis: { calls: 'analyst lab_admin', with: (of) => ({ analysis: { experiment_id: of('experiments').id } }) },
  release_result_set: { calls: 'reviewer qa lab_admin', with: (of) => ({ result_set_id: of('result_sets').id }) },
  register_lot: { calls: writers, with: (of) => ({ project_id: of('experiments').project_id, name: 'Matrix', lot: {}, act_key: null }) },
  release_lot: { calls: writers, with: (of) => ({ material_id: of('lots').material_id, reason: 'Matrix', act_key: null }) },
  report_deviation: { calls: 'technician analyst reviewer qa lab_admin', with: (of) => ({ ...aStep(of), description: ' ' }) },
  report_missing: { calls: writers, with: (of) => ({ material_id: of('samples').id, act_key: null }) },
  request_signature: { calls: project, with: (of) => ({ ...aStep(of), meaning: 'nothing' }) },
  restore_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, reason: 'Matrix', act_key: null }) },
  review_result_set: { calls: 'reviewer qa lab_admin', with: (of) => ({ result_set_id: of('result_sets').id }) },
  search_all: { calls: project, with: (of) => ({ query: of('samples').code }), restOnly: 'GraphQL pages every list by an argument `after`, which is the name of one of its own' },
  search_records: { calls: project, with: (of) => ({ kind: 'sample', query: of('samples').code }) },
  set_mapping: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id, mapping: [] }) },
  ship_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, reason: 'Matrix', act_key: null }) },
  start_entry: { calls: writers, with: (of) => ({ experiment_id: of('experiments').id, template_id: of('entry_templates').id, title: 'Matrix', act_key: null }) },
  stage_rows: { calls: 'analyst', with: (of) => ({ import_id: of('imports').id, chunk_no: 0, rows: [] }) },
  start_run: { calls: writers, with: (of) => ({ sop: of('sops').code, project_id: of('experiments').project_id, name: ' ' }) },
  submit_request: { calls: 'analyst lab_admin', with: (of) => ({ project_id: of('experiments').project_id, title: 'Matrix', tests: [], act_key: null }) },
  swap_materials: { calls: writers, with: (of) => ({ material_id: of('samples').id, other_id: of('samples').id, act_key: null }) },
  take_amount: { calls: writers, with: (of) => ({ material_id: of('samples').id, amount: 1, unit: 'mL', act_key: null }) },
  take_tests: { calls: writers, with: (of) => ({ run_id: of('sop_runs').id, test_ids: [of('tests').id] }) },
  thaw_material: { calls: writers, with: (of) => ({ material_id: of('samples').id, act_key: null }) },
  upgrade_sample: { calls: writers, with: (of) => ({ sample_id: of('sample_numbers').sample_id, seen_version: 99_999 }) },
  unlink_record: { calls: writers, with: (of) => ({ link_id: of('entry_links').id }) },
  undo_import: { calls: writers, with: (of) => ({ import_id: of('imports').id, reason: 'Matrix' }) },
  trace_materials: { calls: project, with: (of) => ({ material_id: of('sample_origins').sample_id, direction: 'from' }) },
}
