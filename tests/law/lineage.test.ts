/** Two people write links at once: together they close no ring, and amounts never go below zero. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import pg from 'pg'

const stack = JSON.parse(readFileSync(process.env.PETRI_STACK!, 'utf8')) as { databases: { migrator: string } }

const withClients = async (count: number, work: (...clients: pg.Client[]) => Promise<void>): Promise<void> => {
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: stack.databases.migrator }))
  await Promise.all(clients.map(db => db.connect()))
  try {
    await work(...clients)
  } finally {
    await Promise.all(clients.map(db => db.end()))
  }
}

const addSamples = async (db: pg.Client, count: number, amount: number | null = null): Promise<string[]> => {
  const { rows } = await db.query(
    `insert into lab.samples (lab_id, project_id, name, sample_type, amount, amount_unit, synthetic)
     select p.lab_id, p.id, 'Writers ' || n, 'test', $2::float8, case when $2 is not null then 'mL' end, true
     from lab.projects p, generate_series(1, $1) n where p.code = 'ENZ' order by n returning id`, [count, amount])
  return rows.map(row => row.id as string).sort()
}

const link = (db: pg.Client, made: string, parent: string): Promise<unknown> =>
  db.query(
    `insert into lab.sample_origins (lab_id, project_id, sample_id, parent_id, kind)
     select lab_id, project_id, id, $2, 'aliquot' from lab.samples where id = $1`, [made, parent])

const codeOf = (error: unknown): string => (JSON.parse((error as Error).message) as { code: string }).code

/** Each writes one half of a ring and then commits; the halves are [made, parent]. */
const writeHalves = async (halves: [[string, string], [string, string]]): Promise<string[]> => {
  const refused: string[] = []
  await withClients(2, async (one, other) => {
    await Promise.all([one.query('begin'), other.query('begin')])
    await link(one, ...halves[0])
    const second = link(other, ...halves[1]).then(() => other.query('commit'), error => { refused.push(codeOf(error)) })
    await sleep(50) // the second one waits, or is through
    await one.query('commit')
    await second
    await other.query('rollback')
  })
  return refused
}

test('two links that close a ring together are not both taken', () => withClients(1, async db => {
  const [a, b, c, d] = await addSamples(db, 4) as [string, string, string, string]
  await link(db, b, a)
  await link(db, d, c)
  assert.deepEqual(await writeHalves([[c, b], [a, d]]), ['PL146'], 'with time first, against time second')
}))

test('nor where the one against time is written first', () => withClients(1, async db => {
  const [a, b, c, d] = await addSamples(db, 4) as [string, string, string, string]
  await link(db, b, a)
  await link(db, d, c)
  assert.deepEqual(await writeHalves([[a, d], [c, b]]), ['PL146'])
}))

test('twenty who take from one tube at once get what there is, and no more', () => withClients(20, async (...clients) => {
  const [tube] = await addSamples(clients[0]!, 1, 1) as [string]
  const taken = await Promise.allSettled(clients.map(db => db.query(
    `insert into lab.material_acts (lab_id, project_id, material_id, kind, given_amount, given_unit)
     select lab_id, project_id, id, 'take', 0.1, 'mL' from lab.samples where id = $1`, [tube])))
  assert.equal(taken.filter(each => each.status === 'fulfilled').length, 10)
  const refused = taken.flatMap(each => each.status === 'rejected' ? [codeOf(each.reason)] : [])
  assert.deepEqual(refused, Array.from({ length: 10 }, () => 'PL142'), 'what is consumed gives nothing')
  const { rows: [row] } = await clients[0]!.query(
    `select s.amount, s.status, (select sum(a.change)::float8 from lab.material_acts a where a.material_id = s.id) as sum from lab.samples s where s.id = $1`, [tube])
  assert.deepEqual(row, { amount: 0, status: 'consumed', sum: 0 })
}))

test('two who rack into one position do not both', () => withClients(2, async (one, other) => {
  const [first, second] = await addSamples(one, 2) as [string, string]
  const { rows: [box] } = await one.query(
    `insert into lab.places (lab_id, kind, name, row_count, column_count) select id, 'box', 'Writers ' || gen_random_uuid(), 1, 1 from lab.labs where code = 'DEMO' returning id`)
  const rack = (db: pg.Client, material: string): Promise<unknown> => db.query(
    `insert into lab.material_acts (lab_id, project_id, material_id, kind, place_id, position)
     select lab_id, project_id, id, 'move', $2, 'A01' from lab.samples where id = $1`, [material, box.id])
  const racked = await Promise.allSettled([rack(one, first), rack(other, second)])
  assert.deepEqual(racked.flatMap(each => each.status === 'rejected' ? [codeOf(each.reason)] : []), ['PL151'])
}))
