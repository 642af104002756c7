import { DatabaseError } from 'pg'

export interface RefusalBody {
  code: string
  message: string
  details: string | null
  hint: string | null
}

/** A denial with its HTTP status; `hint` tells the person what would be right. */
export class Refusal extends Error {
  readonly status: number
  readonly body: RefusalBody

  constructor(status: number, message: string, hint: string | null = null, body: Partial<RefusalBody> = {}) {
    super(message)
    this.status = status
    this.body = { code: `PT${status}`, message, details: null, hint, ...body }
  }
}

/** The status that PostgREST would give to this SQLSTATE. */
export function statusOf(sqlstate: string): number {
  const own = /^PT(\d{3})$/.exec(sqlstate)
  if (own) return Number(own[1])
  if (sqlstate === '42501') return 403
  if (sqlstate === '57014') return 504
  if (sqlstate === '23503' || sqlstate === '23505') return 409
  if (sqlstate.startsWith('08') || sqlstate.startsWith('53')) return 503
  return /^(22|23|P0)/.test(sqlstate) ? 400 : 500
}

/** The law's own words, unless they are about our mistake and not the person's. */
export function fromDatabase(error: DatabaseError): Refusal {
  const code = error.code ?? 'XX000'
  if (code === 'PGRST') return fromLaw(error)
  const status = statusOf(code)
  if (status >= 500) return new Refusal(status, 'the database could not answer', 'Try again in a moment.', { code })
  return new Refusal(status, error.message, error.hint ?? null, { code, details: error.detail ?? null })
}

// private.refuse() words its refusals for PostgREST: the body in the message, the status in the detail.
function fromLaw(error: DatabaseError): Refusal {
  const body = JSON.parse(error.message) as RefusalBody
  const { status } = JSON.parse(error.detail!) as { status: number }
  return new Refusal(status, body.message, body.hint, body)
}

/** Whatever was thrown, as a refusal; what nobody foresaw is logged and kept vague. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof DatabaseError) {
    const refusal = fromDatabase(error)
    if (refusal.status >= 500) console.error(error)
    return refusal
  }
  console.error(error)
  if (isConnectionLost(error)) return new Refusal(503, 'the database cannot be reached', 'Try again in a moment.')
  return new Refusal(500, 'the gateway failed', 'The log of the gateway says why.')
}

const isConnectionLost = (error: unknown): boolean =>
  error instanceof Error && (/^Connection terminated/.test(error.message) || 'syscall' in error)
