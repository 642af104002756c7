import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Any number that nothing else in this database locks. */
const LOCK = 7_365_713
const NAME = 'petri sequencer'
const BUSY_MS = 200
const IDLE_MS = 1_000
const STANDBY_MS = 5_000

/**
 * Gives every committed change its position, and hands committed job requests to the queue. Of all workers one does so,
 * the holder of the lock; the others stand by.
 */
export interface Sequencer {
  /** When it last spoke to the database [ms since 1970], and whether it holds the lock. */
  readonly state: Readonly<{ aliveAt: number, leads: boolean }>
  /** Resolves when the sequencer has stopped. */
  readonly stopped: Promise<void>
}

export function startSequencer(databaseUrl: string, signal: AbortSignal): Sequencer {
  const state = { aliveAt: Date.now(), leads: false }
  return { state, stopped: keepRunning(databaseUrl, state, signal) }
}

async function keepRunning(databaseUrl: string, state: { aliveAt: number, leads: boolean }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const db = new Client({ connectionString: databaseUrl, application_name: NAME, keepAlive: true })
    db.on('error', () => {}) // the query under way, or the next one, rejects with it
    try {
      await db.connect()
      await sequence(db, state, signal)
    } catch (error) {
      console.error('sequencer: starts again,', error instanceof Error ? error.message : error)
    } finally {
      state.leads = false
      await db.end().catch(() => {}) // gives the lock back
    }
    await pause(IDLE_MS, signal)
  }
}

async function sequence(db: Client, state: { aliveAt: number, leads: boolean }, signal: AbortSignal): Promise<void> {
  let waitMs = BUSY_MS
  while (!signal.aborted) {
    if (!state.leads) state.leads = await takeLead(db)
    const work = state.leads ? await assignPositions(db) + await queueJobs(db) : 0
    state.aliveAt = Date.now()
    waitMs = work > 0 ? BUSY_MS : Math.min(waitMs * 1.5, IDLE_MS)
    await pause(state.leads ? waitMs : STANDBY_MS, signal)
  }
}

async function takeLead(db: Client): Promise<boolean> {
  const { rows: [row] } = await db.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK])
  if (row!.taken) await freeAbandonedJobs(db)
  return row!.taken
}

// A killed worker leaves its jobs locked, for hours; whatever was locked before the oldest living worker began is nobody's.
async function freeAbandonedJobs(db: Client): Promise<void> {
  await db.query(`
    select graphile_worker.force_unlock_workers(array(
      select distinct j.locked_by
      from graphile_worker.jobs j
      where j.locked_at < (
        select min(a.backend_start) from pg_stat_activity a where a.usename = current_user and a.application_name = $1)))`, [NAME])
}

async function assignPositions(db: Client): Promise<number> {
  const { rows: [row] } = await db.query<{ assigned: number }>('select private.assign_positions()::integer as assigned')
  return row!.assigned
}

// One statement, so one transaction: a request is either still asked for or already queued.
async function queueJobs(db: Client): Promise<number> {
  const { rowCount } = await db.query(`
    select graphile_worker.add_job(r.task, r.payload::json)
    from private.take_job_requests(100) r`)
  return rowCount ?? 0
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {})
