import type { Session } from '../session/session.ts'
import { keysOf } from '../tables/keys.ts'
import { toArrowPage, toRestPath, type Plan } from '../tables/plan.ts'
import { ARROW_STREAM, lastKey, readPage, toUuid, type Page } from './page.ts'

/** Rows per page: large enough that the way there and back hardly counts, small enough for a flat memory. */
export const PAGE_ROWS = 25_000

export interface WalkOptions {
  signal: AbortSignal
  onBytes?: (bytes: number) => void
}

/** Pages of a plan in the order of its key, from after `start`. The next one is under way while one is used. */
export async function* walkPages(session: Session, plan: Plan, options: WalkOptions, start: string[] | null = null): AsyncGenerator<Page> {
  const keys = keysOf(plan.relation)
  let left = plan.limit ?? Infinity
  let coming: Promise<Page> | undefined = fetchPage(session, plan, start, Math.min(PAGE_ROWS, left), options)
  while (coming) {
    const page: Page = await coming
    const asked = Math.min(PAGE_ROWS, left)
    left -= page.table.numRows
    const after = page.table.numRows < asked ? undefined : lastKey(page, keys)
    coming = after && left > 0 ? fetchPage(session, plan, after, Math.min(PAGE_ROWS, left), options) : undefined
    coming?.catch(() => {}) // reported when it is awaited, unless the reader leaves before
    yield page
  }
}

/** One page through the bulk door. */
export async function fetchPage(session: Session, plan: Plan, after: string[] | null, most: number, options: WalkOptions): Promise<Page> {
  const body = toArrowPage(plan, keysOf(plan.relation), after, most)
  const headers = { accept: ARROW_STREAM }
  const response = await session.request('rpc/arrow_page', { method: 'POST', headers, body, signal: options.signal })
  return readPage(response, options.onBytes)
}

/** A sorted plan in one answer, through the door that PostgREST's own order passes. */
export async function fetchSorted(session: Session, plan: Plan, options: WalkOptions): Promise<Page> {
  const headers = { accept: ARROW_STREAM, 'x-petri-columns': plan.columns.join(',') }
  const path = toRestPath({ ...plan, columns: ['*'] })
  return readPage(await session.request(path, { headers, signal: options.signal }), options.onBytes)
}

/** A key about halfway between `after` and the last row of the plan; undefined where keys are not single uuids. */
export async function findMiddle(session: Session, plan: Plan, after: string[], signal: AbortSignal): Promise<string | undefined> {
  const [key, more] = keysOf(plan.relation)
  if (key === undefined || more !== undefined) return undefined
  const path = toRestPath({ ...plan, columns: [key], order: [{ column: key, direction: 'desc' }], limit: 1 })
  const [last] = await (await session.request(path, { signal })).json() as Record<string, string>[]
  return last && between(after[0]!, last[key]!)
}

/** The uuid halfway between two; version 7 ids are spread evenly over the time in which rows came. */
export function between(low: string, high: string): string {
  const [a, b] = [low, high].map(id => BigInt(`0x${id.replaceAll('-', '')}`)) as [bigint, bigint]
  return toUuid(((a + b) / 2n).toString(16).padStart(32, '0'))
}
