import type { Pool } from 'pg'
import { asPerson } from './as-person.ts'
import { listen } from './listen.ts'
import type { Claims } from './signing-key.ts'

/** That a record changed, without what it is now: that is re-read under the reader's own policies. */
export interface Change {
  position: number
  at: string
  person_id: string | null
  table_name: string
  /** null: very many of this kind at once. */
  record_id: string | null
  act: string
}

export interface ChangeFeed {
  /** The last position of the log. */
  latest(claims: Claims): Promise<number>
  /** Pages of changes above a position; an empty page is a sign of life. Ends when the token does. */
  follow(claims: Claims, after: number, signal: AbortSignal): AsyncGenerator<Page, void, undefined>
  close(): Promise<void>
}

export interface Page {
  /** Resume after this one: also past what the person may not see. */
  position: number
  changes: Change[]
}

const PAGE = 500
const QUIET_MS = 15_000

export async function openChangeFeed(databaseUrl: string, pool: Pool): Promise<ChangeFeed> {
  const bell = createBell()
  // A notification only wakes the readers: what was missed while reconnecting is found by position.
  const close = await listen(databaseUrl, 'petri_events', bell.ring)
  return {
    latest: async claims => (await asPerson<{ position: number }>(pool, claims, LATEST, []))[0]!.position,
    async *follow(claims, after, signal) {
      const expiry = AbortSignal.timeout(Math.max(0, claims.exp * 1000 - Date.now()))
      const end = AbortSignal.any([signal, expiry])
      for (let last = after; !end.aborted;) {
        const rung = bell.rings()
        const page = await readPage(pool, claims, last)
        last = page.position
        yield page
        if (page.changes.length < PAGE) await bell.next(rung, QUIET_MS, end)
      }
    },
    close,
  }
}

const LATEST = 'select private.current_position()::float8 as position'
// One statement, so that the head of the log and the changes below it are of one moment.
const ABOVE = `
  select h.head, c.position::float8, to_json(c.at) #>> '{}' as at, c.person_id, c.table_name, c.record_id, c.act
  from (select private.current_position()::float8 as head) h
  left join api_v1.read_changes($1, $2) c on true`

async function readPage(pool: Pool, claims: Claims, after: number): Promise<Page> {
  const rows = await asPerson<Change & { head: number }>(pool, claims, ABOVE, [after, PAGE])
  const changes = rows.filter(row => row.position !== null).map(({ head: _head, ...change }) => change)
  const full = changes.length >= PAGE
  return { position: full ? changes.at(-1)!.position : Math.max(after, rows[0]!.head), changes }
}

interface Bell {
  ring(): void
  rings(): number
  /** Resolves when the bell rings (or has rung since `seen`), time is up or the signal aborts. */
  next(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void>
}

function createBell(): Bell {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    rings: () => count,
    ring() {
      count++
      for (const wake of waiting) wake()
    },
    next: (seen, timeoutMs, signal) => new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, timeoutMs)
      signal.addEventListener('abort', wake)
      waiting.add(wake)
      if (seen !== count || signal.aborted) wake()
    }),
  }
}
