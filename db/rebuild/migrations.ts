/** Migrations: append-only, each in its own transaction, and never changed once applied. */
import type { Client } from 'pg'
import { readSources, type Source } from './sources.ts'

/** Applies what is pending; returns how many. Throws when an applied file was changed or is missing. */
export const applyMigrations = async (db: Client, sources: Source[] = readSources('migrations')): Promise<number> => {
  const applied = await appliedMigrations(db)
  refuseRewrittenPast(sources, applied)
  const pending = sources.filter(source => !applied.has(source.path))
  for (const source of pending) await applyOne(db, source)
  return pending.length
}

const appliedMigrations = async (db: Client): Promise<Map<string, string>> => {
  const { rows: [table] } = await db.query(`select to_regclass('private.applied_migrations') is not null as exists`)
  if (!table?.exists) return new Map()
  const { rows } = await db.query('select name, sha256 from private.applied_migrations')
  return new Map(rows.map(row => [row.name, row.sha256]))
}

const refuseRewrittenPast = (sources: Source[], applied: Map<string, string>): void => {
  const known = new Map(sources.map(source => [source.path, source.sha256]))
  for (const [name, sha256] of applied) {
    if (!known.has(name)) throw new Error(`The database has migration ${name}, which this version lacks: use a newer version of Petri.`)
    if (known.get(name) !== sha256) throw new Error(`Migration ${name} was changed after it was applied: restore it and add a new migration instead.`)
  }
}

const applyOne = async (db: Client, source: Source): Promise<void> => {
  await db.query('begin')
  try {
    await db.query(source.sql)
    await db.query('insert into private.applied_migrations (name, sha256) values ($1, $2)', [source.path, source.sha256])
    await db.query('commit')
  } catch (error) {
    await db.query('rollback')
    throw new Error(`${source.path}: ${(error as Error).message}`, { cause: error })
  }
}
