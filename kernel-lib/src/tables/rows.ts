import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import { keysOf } from './keys.ts'
import { toRestPath, type Plan } from './plan.ts'

// The server's own limit; it cuts silently, so an answer of this length is taken for a cut one.
const MOST_ROWS = 100_000

/** Rows of a plan as JSON objects. @throws PetriError where an answer would be cut */
export async function readRows(session: Session, plan: Plan, signal?: AbortSignal): Promise<object[]> {
  if ((plan.limit ?? 0) > MOST_ROWS) throw tooMany()
  const response = await session.request(toRestPath(inFullOrder(plan)), { signal })
  const rows = await response.json() as object[]
  if (plan.limit === undefined && rows.length >= MOST_ROWS) throw tooMany()
  return rows
}

// Ties are broken by the key, so that the same query gives the same order.
function inFullOrder(plan: Plan): Plan {
  const named = plan.order.map(({ column }) => column)
  const keys = keysOf(plan.relation).filter(key => !named.includes(key))
  return { ...plan, order: [...plan.order, ...keys.map(column => ({ column, direction: 'asc' as const }))] }
}

export async function countRows(session: Session, plan: Plan, signal?: AbortSignal): Promise<number> {
  const path = toRestPath({ ...plan, columns: keysOf(plan.relation), order: [] })
  const response = await session.request(path, { method: 'HEAD', headers: { prefer: 'count=exact' }, signal })
  const total = Number(response.headers.get('content-range')?.split('/')[1])
  return Math.min(total, plan.limit ?? total)
}

function tooMany(): PetriError {
  return new PetriError(`More than ${MOST_ROWS.toLocaleString('en')} rows do not come as objects.`, {
    code: 'too_many_rows',
    hint: 'Use .arrow() or .batches(), or narrow the query with .where() and .limit().',
  })
}
