import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import { keyOf } from '../tables/keys.ts'
import { toArrowPage, toRestPath, type KeyRange, type Plan } from '../tables/plan.ts'
import { ARROW_STREAM, readPage, type Page } from './page.ts'

/** Rows per page: large enough that the way there and back hardly counts, small enough for a flat memory. */
export const PAGE_ROWS = 25_000
// Rows may come between finding where a page ends and reading it; a page that is this full may be cut.
const MOST_ROWS = 2 * PAGE_ROWS
// Enough to keep the database and the reader busy at once; each one holds a page in memory.
const IN_FLIGHT = 3

export interface WalkOptions {
  signal: AbortSignal
  onBytes?: (bytes: number) => void
}

/**
 * Pages of a plan in the order of its key, several under way while one is used.
 * Where a page ends is asked beforehand: so pages need not wait for each other, nor carry keys that nobody asked for.
 */
export async function* walkPages(session: Session, plan: Plan, options: WalkOptions): AsyncGenerator<Page> {
  const coming: Promise<Page>[] = []
  for await (const range of keyRanges(session, plan, options.signal)) {
    const page = fetchPage(session, plan, range, options)
    page.catch(() => {}) // reported when it is awaited, unless the reader leaves before
    coming.push(page)
    if (coming.length === IN_FLIGHT) yield await coming.shift()!
  }
  while (coming.length > 0) yield await coming.shift()!
}

/** Cuts a plan into pages, each as soon as its end is known. The last one is open. */
async function* keyRanges(session: Session, plan: Plan, signal: AbortSignal): AsyncGenerator<KeyRange> {
  let after: string | undefined
  let left = plan.limit ?? Infinity
  while (left > PAGE_ROWS) {
    const until = await findEnd(session, plan, after, signal)
    if (until === undefined) break
    yield { after, until, most: MOST_ROWS }
    after = until
    left -= PAGE_ROWS
  }
  yield { after, until: undefined, most: Math.min(left, MOST_ROWS) }
}

/** The key of the page's last row; undefined when there are not so many rows. */
async function findEnd(session: Session, plan: Plan, after: string | undefined, signal: AbortSignal): Promise<string | undefined> {
  const key = keyOf(plan.relation)!
  const filters: Plan['filters'] = after === undefined ? plan.filters : [...plan.filters, [key, 'gt', after]]
  const path = toRestPath({ ...plan, columns: [key], filters, order: [{ column: key, direction: 'asc' }], limit: 1 })
  const response = await session.request(`${path}&offset=${PAGE_ROWS - 1}`, { signal })
  const [row] = await response.json() as Record<string, string>[]
  return row?.[key]
}

async function fetchPage(session: Session, plan: Plan, range: KeyRange, options: WalkOptions): Promise<Page> {
  const body = toArrowPage(plan, keyOf(plan.relation)!, range)
  const headers = { accept: ARROW_STREAM }
  const page = await readPage(await session.request('rpc/arrow_page', { method: 'POST', headers, body, signal: options.signal }), options.onBytes)
  if (page.table.numRows < MOST_ROWS) return page
  throw new PetriError('Rows came faster than they could be read.', { code: 'cut_page', hint: 'Run it again, or narrow the query with .where().' })
}

/** A plan in one answer, through the door that PostgREST's own order passes. The server refuses what would be cut (PL022). */
export async function fetchAtOnce(session: Session, plan: Plan, options: WalkOptions): Promise<Page> {
  const headers = { accept: ARROW_STREAM, 'x-petri-columns': plan.columns.join(',') }
  const path = toRestPath({ ...plan, columns: ['*'] })
  return readPage(await session.request(path, { headers, signal: options.signal }), options.onBytes)
}
