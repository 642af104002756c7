/** Two people at one run: whoever moves it holds it, so the second act waits for the first and sees what it left. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'

const stack = JSON.parse(readFileSync(process.env.PETRI_STACK!, 'utf8')) as { databases: { migrator: string } }

/** A transaction of tess, always rolled back. */
const asTess = async (work: (db: pg.Client, runId: string) => Promise<void>): Promise<void> => {
  const db = new pg.Client({ connectionString: stack.databases.migrator })
  await db.connect()
  try {
    const { rows: [found] } = await db.query(
      `select p.id as person, r.id as run from lab.people p, lab.sop_runs r where p.login = 'tess' and r.name = 'Bradford run 1'`)
    await db.query(`begin; set local role member; set local lock_timeout = '250ms'`)
    await db.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: found.person, aud: 'petri', via: 'browser' })])
    await work(db, found.run)
  } finally {
    await db.query('rollback')
    await db.end()
  }
}

const report = `select api_v1.report_deviation($1, 'read', 'The lamp flickered')`
const lockNotAvailable = '55P03'

test('a second act on a run waits until the first has ended', async () => {
  await asTess((first, run) => asTess(async second => {
    await first.query(report, [run])
    await assert.rejects(second.query(report, [run]), { code: lockNotAvailable })
  }))
  await asTess(async (db, run) => { await db.query(report, [run]) })
})
