/** Logic is rebuilt while people work: no request fails. The past of the migrations cannot be rewritten. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'
import { rebuildLogic } from '../../db/rebuild/logic.ts'
import { applyMigrations } from '../../db/rebuild/migrations.ts'
import { readSources } from '../../db/rebuild/sources.ts'

const stack = JSON.parse(readFileSync(process.env.PETRI_STACK!, 'utf8')) as { databases: { migrator: string } }

const withMigrator = async (work: (db: pg.Client) => Promise<void>): Promise<void> => {
  const db = new pg.Client({ connectionString: stack.databases.migrator })
  await db.connect()
  try {
    await work(db)
  } finally {
    await db.end()
  }
}

/** Reads and writes as a member, one transaction after the other, until told to stop; counts them. */
const keepAsking = async (isOver: () => boolean): Promise<number> => {
  let requests = 0
  await withMigrator(async db => {
    const { rows: [person] } = await db.query(`select id from lab.people where login = 'tess'`)
    while (!isOver()) {
      await db.query('begin')
      await db.query('set local role member')
      await db.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: person.id, aud: 'petri' })])
      await db.query('select * from api_v1.measurements order by id limit 10')
      await db.query(`update api_v1.samples set description = 'x', version = version where name = 'Puromycin, treated'`)
      await db.query('rollback')
      requests++
    }
  })
  return requests
}

test('a rebuild of all logic under traffic fails no request', async () => {
  let isOver = false
  const traffic = Promise.all([1, 2, 3].map(() => keepAsking(() => isOver)))
  traffic.catch(() => { isOver = true })
  await withMigrator(async db => {
    for (let round = 0; round < 3; round++) {
      await db.query(`update private.applied_logic set sha256 = 'changed'`)
      assert.ok((await rebuildLogic(db)).length > 10)
    }
    assert.deepEqual(await rebuildLogic(db), [], 'nothing is applied twice')
  }).finally(() => { isOver = true })
  assert.ok((await traffic).every(requests => requests > 0))
})

test('a migration that was changed after it was applied is refused', () => withMigrator(async db => {
  const sources = readSources('migrations').map(source => ({ ...source, sha256: source.path.includes('0002') ? 'changed' : source.sha256 }))
  await assert.rejects(applyMigrations(db, sources), /0002_people\.sql was changed after it was applied/)
}))

test('a database of a newer version is refused', () => withMigrator(async db => {
  await assert.rejects(applyMigrations(db, readSources('migrations').slice(0, -1)), /which this version lacks: use a newer version of Petri/)
}))
