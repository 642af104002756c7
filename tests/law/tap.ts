/** Runs a TAP file of db/tests as the migrator, in a transaction that is always rolled back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const dbTests = fileURLToPath(new URL('../../db/tests/', import.meta.url))

export type Sentence = { holds: boolean, text: string }

/** `before` is SQL to run first, inside the same transaction. */
export const runTap = async (databaseUrl: string, file: string, before = ''): Promise<Sentence[]> => {
  const db = new pg.Client({ connectionString: databaseUrl })
  await db.connect()
  try {
    await db.query('begin')
    if (before) await db.query(before)
    await db.query(readFileSync(join(dbTests, 'tap.sql'), 'utf8'))
    const results = await db.query(readFileSync(join(dbTests, file), 'utf8')) as unknown as pg.QueryResult[]
    return results.flatMap(({ rows }) => rows.flatMap(row => Object.values(row))).flatMap(readSentence)
  } finally {
    await db.query('rollback')
    await db.end()
  }
}

const readSentence = (value: unknown): Sentence[] => {
  const match = /^(not )?ok \d+ - (.*)/s.exec(String(value))
  return match ? [{ holds: !match[1], text: match[2]! }] : []
}
