/** The demo lab: loaded once, into an empty database. */
import type { Client } from 'pg'
import { readSources } from '../rebuild/sources.ts'

export const loadDemo = async (db: Client): Promise<void> => {
  const { rows: [lab] } = await db.query(`select 1 from lab.labs where code = 'DEMO'`)
  if (lab) return
  await db.query('begin')
  try {
    for (const source of readSources('demo')) await db.query(source.sql)
    await db.query('commit')
  } catch (error) {
    await db.query('rollback')
    throw error
  }
  await db.query('vacuum (analyze) lab.measurements, history.measurements')
  await db.query('analyze') // autovacuum passes over tables as small as a vocabulary, and plans need to know that they are
  console.log('demo: the demo lab is loaded')
}
