import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { asOwner, rest, tokenOf, type Refused } from './rest.ts'

// "What a person may not see does not exist": to each function an id of another lab and an id of nothing are the same.

const hash = '0'.repeat(64)
const now = new Date().toISOString()

type About = 'experiment' | 'project' | 'file' | 'plate' | 'sop_run' | 'sop_version' | 'deviation' | 'measurement' | 'shipment' | 'instrument'
  | 'instrument_booking' | 'test' | 'entry' | 'entry_link' | 'result_set'

/** What each function is asked about, and with which arguments. */
const calls: Record<string, { about: About, args: (id: string) => object }> = {
  register_analysis: {
    about: 'experiment',
    args: (experiment_id) => ({ analysis: { experiment_id, key: randomUUID(), title: 'x', notebook: 'x.ipynb', source_sha256: hash, started_at: now, finished_at: now } }),
  },
  grant_upload: { about: 'experiment', args: (experiment_id) => ({ name: 'x', media_type: 'text/plain', size_bytes: 1, sha256: hash, experiment_id }) },
  commit_upload: { about: 'file', args: (file_id) => ({ file_id }) },
  open_file: { about: 'file', args: (file_id) => ({ file_id }) },
  start_run: { about: 'project', args: (project_id) => ({ sop: 'BRADFORD', project_id, name: 'x' }) },
  advance_run: { about: 'sop_run', args: (run_id) => ({ run_id, step: 'nonsense', fields: {}, act_key: randomUUID(), happened_at: now }) },
  report_deviation: { about: 'sop_run', args: (run_id) => ({ run_id, step: 'nonsense', description: 'x', grade: 'deviation', act_key: randomUUID() }) },
  request_signature: { about: 'sop_run', args: (run_id) => ({ run_id, step: 'nonsense', meaning: 'x' }) },
  preview_plate_file: { about: 'plate', args: (plate_id) => ({ plate_id, content: '' }) },
  commit_plate_file: { about: 'plate', args: (plate_id) => ({ plate_id, content: '', measurand: 'OD' }) },
  make_effective: { about: 'sop_version', args: (sop_version_id) => ({ sop_version_id, reason: 'x' }) },
  abort_run: { about: 'sop_run', args: (run_id) => ({ run_id, reason: '' }) },
  close_deviation: { about: 'deviation', args: (deviation_id) => ({ deviation_id, decision: 'x' }) },
  exclude_measurement: { about: 'measurement', args: (measurement_id) => ({ measurement_id, reason: '' }) },
  include_measurement: { about: 'measurement', args: (measurement_id) => ({ measurement_id, reason: '' }) },
  announce_shipment: { about: 'project', args: (project_id) => ({ project_id, sender: 'x', items: [], act_key: randomUUID() }) },
  receive_items: { about: 'shipment', args: (shipment_id) => ({ shipment_id, items: [], act_key: randomUUID() }) },
  close_shipment: { about: 'shipment', args: (shipment_id) => ({ shipment_id, act_key: null }) },
  book_instrument: { about: 'project', args: (project_id) => ({ instrument_id: ids.instrument, project_id, starts_at: now, ends_at: now, purpose: 'x', act_key: randomUUID() }) },
  cancel_booking: { about: 'instrument_booking', args: (booking_id) => ({ booking_id, reason: '' }) },
  record_instrument_run: { about: 'project', args: (project_id) => ({ instrument_id: ids.instrument, project_id, name: 'x', started_at: null, act_key: randomUUID() }) },
  record_calibration: { about: 'instrument', args: (instrument_id) => ({ instrument_id, outcome: 'x', calibrated_at: now, performed_by: 'x', act_key: randomUUID() }) },
  start_entry: { about: 'experiment', args: (experiment_id) => ({ experiment_id, template_id: randomUUID(), title: 'x', act_key: randomUUID() }) },
  lock_entry: { about: 'entry', args: (entry_id) => ({ entry_id, version: 0 }) },
  link_record: { about: 'entry', args: (entry_id) => ({ entry_id, kind: 'x', record_id: randomUUID() }) },
  unlink_record: { about: 'entry_link', args: (link_id) => ({ link_id }) },
  make_result_set: { about: 'project', args: (project_id) => ({ project_id, name: 'x', result_ids: [], act_key: randomUUID() }) },
  correct_result_set: { about: 'result_set', args: (result_set_id) => ({ result_set_id, result_ids: [], reason: 'x', act_key: randomUUID() }) },
  review_result_set: { about: 'result_set', args: (result_set_id) => ({ result_set_id }) },
  release_result_set: { about: 'result_set', args: (result_set_id) => ({ result_set_id }) },
  invalidate_result_set: { about: 'result_set', args: (result_set_id) => ({ result_set_id, reason: 'x' }) },
  submit_request: { about: 'project', args: (project_id) => ({ project_id, title: 'x', tests: [], act_key: randomUUID() }) },
  take_tests: { about: 'sop_run', args: (run_id) => ({ run_id, test_ids: [] }) },
  finish_tests: { about: 'test', args: (id) => ({ test_ids: [id, id] }) },
  cancel_tests: { about: 'test', args: (id) => ({ test_ids: [id], reason: '' }) },
}

const ids: Record<string, string> = {}
let tess: string
let dina: string
let sten: string
before(async () => {
  [dina, tess, sten] = await Promise.all(['dina', 'tess', 'sten'].map(tokenOf)) as [string, string, string]
  const { body: [experiment] } = await rest<{ id: string, project_id: string }[]>(dina, 'experiments?name=eq.Puromycin')
  Object.assign(ids, { experiment: experiment!.id, project: experiment!.project_id })
  ids.file = await grantFile(experiment!.id)
  for (const kind of ['plate', 'sop_run', 'sop_version', 'deviation', 'measurement', 'shipment', 'instrument', 'instrument_booking', 'test', 'entry_link', 'result_set'])
    ids[kind] = (await rest<{ id: string }[]>(dina, `${kind}s?limit=1`)).body[0]!.id
  ids.entry = (await rest<{ id: string }[]>(dina, 'entries?limit=1')).body[0]!.id
})

for (const [name, { about, args }] of Object.entries(calls)) {
  test(`${name} tells a stranger the same of another lab's ${about} as of none, and its own people something else`, async () => {
    const ask = (token: string, id: string) => rest<Refused>(token, `rpc/${name}`, 'POST', args(id))
    const [unknown, hidden] = [randomUUID(), ids[about]!]
    const [ofUnknown, ofHidden] = await Promise.all([ask(sten, unknown), ask(sten, hidden)])
    assert.deepEqual([ofHidden.status, ofHidden.body.code], [404, 'PL004'])
    assert.deepEqual({ ...ofHidden.body, message: ofHidden.body.message.replace(hidden, unknown) }, ofUnknown.body)
    const answers = await Promise.all([dina, tess].map((token) => ask(token, hidden)))
    assert.ok(answers.some(({ status, body }) => status === 200 || !body.message.includes(hidden)), JSON.stringify(answers.map(({ body }) => body)))
  })

  test(`${name} is refused to nobody in particular`, async () => {
    const { status, body } = await rest<Refused>(null, `rpc/${name}`, 'POST', args(randomUUID()))
    assert.deepEqual([status, body.code], [401, 'PL001'])
  })
}

async function grantFile(experiment: string): Promise<string> {
  const { body } = await rest<{ file_id: string }>(dina, 'rpc/grant_upload', 'POST', calls.grant_upload!.args(experiment))
  return body.file_id
}
