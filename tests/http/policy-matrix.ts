/**
 * The policy matrix: who may do what to a record of the projects ENZ and IMM of the lab DEMO, one line for each exposed view
 * and function. policy-matrix.test.ts asks every one of the cast over REST and over GraphQL, and fails for an object that has
 * no line here. Persons are named by what they are (policy-matrix-cast.ts); nobody who is not named may.
 */

/** Everyone who belongs to both projects; to their lab; or to any lab. */
const project = 'viewer technician analyst reviewer qa lab_admin'
const lab = `${project} other_project`
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
  analyses: { reads: project },
  analysis_inputs: { reads: project },
  changes: { reads: project, where: `table_name = 'samples'` },
  deviations: { reads: project, where: `status = 'closed'` },
  entries: { reads: project, inserts: writers, updates: writers, spoiled: { title: ' ' } },
  entry_versions: { reads: project },
  experiments: { reads: project, inserts: 'analyst lab_admin', updates: 'analyst lab_admin' },
  files: { reads: project },
  known_units: { reads: anybody },
  labs: { reads: lab },
  measurands: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  measurements: { reads: project },
  memberships: { reads: lab, inserts: 'lab_admin' },
  people: { reads: lab },
  plates: { reads: project, inserts: writers, updates: writers },
  projects: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
  result_values: { reads: project },
  results: { reads: project },
  run_steps: { reads: project },
  sample_origins: { reads: project, inserts: writers },
  samples: { reads: project, inserts: writers, updates: writers },
  shipment_discrepancies: { reads: project },
  shipment_items: { reads: project },
  shipments: { reads: project },
  signatures: { reads: project },
  sop_run_samples: { reads: project },
  sop_runs: { reads: project, where: `status = 'aborted'` },
  sop_versions: { reads: lab },
  sops: { reads: lab },
  units: { reads: lab, inserts: 'lab_admin', updates: 'lab_admin' },
}

const aStep = (of: (view: string) => Record<string, unknown>) => ({ run_id: of('run_steps').sop_run_id, step: of('run_steps').key })

export const functions: Record<string, FunctionLine> = {
  abort_run: { calls: 'technician analyst reviewer qa lab_admin', with: (of) => ({ run_id: of('sop_runs').id, reason: 'Matrix' }) },
  advance_run: { calls: 'technician lab_admin', with: (of) => ({ ...aStep(of), fields: {}, act_key: null }) },
  announce_shipment: { calls: writers, with: (of) => ({ project_id: of('experiments').project_id, sender: ' ', items: [], act_key: null }) },
  arrow_page: { calls: anybody, with: () => ({ relation: 'samples' }), restOnly: 'it answers in a media type' },
  close_deviation: { calls: 'reviewer qa lab_admin', with: (of) => ({ deviation_id: of('deviations').id, decision: 'Matrix' }) },
  close_shipment: { calls: writers, with: (of) => ({ shipment_id: of('shipments').id, act_key: null }) },
  commit_plate_file: { calls: writers, with: (of) => ({ plate_id: of('plates').id, content: 'no plate', measurand: of('measurands').code }) },
  commit_upload: { calls: writers, with: (of) => ({ file_id: of('files').id }) },
  convert: { calls: anybody, with: () => ({ value: 1, from_unit: 'L', to_unit: 'mL' }) },
  count_matches: { calls: project, with: (of) => ({ query: of('samples').code }) },
  exclude_measurement: { calls: writers, with: (of) => ({ measurement_id: of('measurements').id, reason: ' ' }) },
  find_by_code: { calls: project, with: (of) => ({ code: of('samples').code }) },
  get_lineage: { calls: project, with: (of) => ({ record_id: of('samples').id }) },
  grant_upload: { calls: writers, with: (of) => ({ name: ' ', media_type: 'text/plain', size_bytes: 1, sha256: '0'.repeat(64), experiment_id: of('experiments').id }) },
  include_measurement: { calls: writers, with: (of) => ({ measurement_id: of('measurements').id, reason: ' ' }) },
  make_effective: { calls: 'qa lab_admin', with: (of) => ({ sop_version_id: of('sop_versions').id, reason: ' ' }) },
  me: { calls: anybody },
  open_file: { calls: project, with: (of) => ({ file_id: of('files').id }) },
  preview_plate_file: { calls: project, with: (of) => ({ plate_id: of('plates').id, content: 'no plate' }) },
  read_changes: { calls: project, with: (of) => ({ since: Number(of('changes').position) - 1, most: 1 }), about: (of) => of('changes').record_id },
  receive_items: { calls: writers, with: (of) => ({ shipment_id: of('shipments').id, items: [], act_key: null }) },
  register_analysis: { calls: 'analyst lab_admin', with: (of) => ({ analysis: { experiment_id: of('experiments').id } }) },
  report_deviation: { calls: 'technician analyst reviewer qa lab_admin', with: (of) => ({ ...aStep(of), description: ' ' }) },
  request_signature: { calls: project, with: (of) => ({ ...aStep(of), meaning: 'nothing' }) },
  search_all: { calls: project, with: (of) => ({ query: of('samples').code }), restOnly: 'GraphQL pages every list by an argument `after`, which is the name of one of its own' },
  search_records: { calls: project, with: (of) => ({ kind: 'sample', query: of('samples').code }) },
  start_run: { calls: writers, with: (of) => ({ sop: of('sops').code, project_id: of('experiments').project_id, name: ' ' }) },
}
