/**
 * Logic: functions, views, triggers and policies are rebuilt from source. Only files whose hash changed are applied, in one
 * short transaction that gives way to running queries (lock_timeout) and tries again. Nothing is ever dropped with CASCADE.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { dropFunctions, droppedFunctions, findDropped } from './dropped.ts'
import { readSources, type Source } from './sources.ts'

/** Folders in the order in which a running API takes its locks; a rebuild under traffic must follow it. The catalog is only data. */
const lockOrder = ['logic/catalog', 'api/v1/views', 'logic/functions', 'api/v1/functions', 'logic/governance'] as const
const attempts = 20

type Options = {
  /** Another copy of `db/`. */
  root?: string
  /** After a migration: what follows from the tables is made anew even where no file changed. */
  tablesChanged?: boolean
  /** Signatures that are no more, instead of those of dropped.ts. */
  dropped?: readonly string[]
}

/** Applies what changed; returns the paths applied. */
export const rebuildLogic = async (db: Client, { root, tablesChanged = false, dropped = droppedFunctions }: Options = {}): Promise<string[]> => {
  const sources = lockOrder.flatMap(folder => readSources(folder, root))
  const { rows } = await db.query('select path, sha256 from private.applied_logic')
  const applied = new Map(rows.map(row => [row.path, row.sha256]))
  const plan = planRebuild(sources, applied)
  const paths = [...plan.beforeViews, ...plan.inLockOrder].map(source => source.path)
  const standing = await findDropped(db, dropped)
  if (paths.length > 0 || tablesChanged || standing.length > 0) await withRetry(() => applyAll(db, plan, dropped))
  return paths
}

type Plan = { beforeViews: Source[], inLockOrder: Source[] }

/** New functions and the catalog come first (nobody holds a lock on them, and views may need them); then the lock order. */
export const planRebuild = (sources: Source[], applied: Map<string, string>): Plan => {
  const changed = sources.filter(source => applied.get(source.path) !== source.sha256)
  const isFree = ({ path }: Source): boolean =>
    path.startsWith('logic/catalog') || (path.startsWith('logic/functions') && !applied.has(path))
  return { beforeViews: changed.filter(isFree), inLockOrder: changed.filter(source => !isFree(source)) }
}

const applyAll = async (db: Client, plan: Plan, dropped: readonly string[]): Promise<void> => {
  await db.query('begin')
  try {
    await db.query(`set local lock_timeout = '150ms'; set local check_function_bodies = off`)
    await dropFunctions(db, await findDropped(db, dropped))
    for (const source of plan.beforeViews) await applyOne(db, source)
    await db.query('select private.govern_histories()')
    for (const source of plan.inLockOrder) await applyOne(db, source)
    await db.query(`select private.govern_all(); notify pgrst, 'reload schema'`)
    await db.query('commit')
  } catch (error) {
    await db.query('rollback')
    throw error
  }
}

const applyOne = async (db: Client, source: Source): Promise<void> => {
  try {
    if (source.sql.startsWith('-- owner: law')) await db.query('set local role law')
    await db.query(source.sql)
    await db.query('reset role')
    await db.query(
      `insert into private.applied_logic (path, sha256) values ($1, $2)
       on conflict (path) do update set sha256 = excluded.sha256, applied_at = now()`, [source.path, source.sha256])
  } catch (error) {
    throw Object.assign(new Error(`${source.path}: ${(error as Error).message}`, { cause: error }), { code: (error as { code?: string }).code })
  }
}

const lockNotAvailable = '55P03'
const deadlockDetected = '40P01'

const withRetry = async (work: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt === attempts || (code !== lockNotAvailable && code !== deadlockDetected)) throw error
      await sleep(50 + Math.random() * 200)
    }
  }
}
