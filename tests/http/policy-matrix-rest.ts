/** The questions of the policy matrix, over REST. Nothing that is allowed leaves anything behind. */
import { type Refused } from './rest.ts'
import { readStack } from './stack.ts'
import { bearer, call } from './people.ts'

/** `yes`, `no`, or the status and code of a refusal that says more. */
export type Outcome = string

/** The row that everyone is asked about: `key` is the column that finds it. */
export interface Target {
  key: string
  row: Record<string, unknown>
  /** What of it can be sent, to insert the like. */
  copy: Record<string, unknown>
}

/** A version that never was: the law answers PL007 to who may edit the row, and touches nothing. */
export const impossibleVersion = 99_999

/**
 * Codes that say "you may not", or that the thing is not there for you. 55000: a view that takes no rows, whoever
 * asks. PL148: the one named exception, a scanned code of one's own lab. */
const denials = ['PL003', 'PL004', 'PL148', '42501', '55000']

/** Refusals of what was sent, made after the question whether one may: the law's own, and its constraints'. */
const isAboutContent = (code: string): boolean => /^PL\d{3}$|^(22|23)/.test(code)

/** Nobody, and who is not active any more, must be told so; of others it matters whether they may. What else went wrong is told. */
export function outcomeOf(status: number, code: string | undefined, message: string, isEmpty: boolean): Outcome {
  if (!code && status < 400) return isEmpty ? 'no' : 'yes'
  if (status === 401 && (code === 'PL001' || code === 'PT401')) return 'not signed in'
  if (status === 403 && (code === 'PL002' || code === 'PT403')) return 'not active'
  if (code && denials.includes(code)) return 'no'
  return code && isAboutContent(code) ? 'yes' : `${status} ${code}: ${message}`
}

export class Rest {
  private readonly profile: Record<string, string>

  constructor(schema: string) {
    this.profile = { 'accept-profile': schema, 'content-profile': schema }
  }

  async reads(token: string | null, view: string, { key, row }: Target): Promise<Outcome> {
    return this.ask(token, `${view}?${key}=eq.${row[key]}&select=${key}&limit=1`, 'GET')
  }

  async inserts(token: string | null, view: string, copy: Record<string, unknown>): Promise<Outcome> {
    return this.ask(token, view, 'POST', copy)
  }

  async updates(token: string | null, view: string, { key, row }: Target): Promise<Outcome> {
    return this.ask(token, `${view}?${key}=eq.${row[key]}`, 'PATCH', 'version' in row ? { version: impossibleVersion } : { [key]: row[key] })
  }

  async deletes(token: string | null, view: string, { key, row }: Target): Promise<Outcome> {
    return this.ask(token, `${view}?${key}=eq.${row[key]}`, 'DELETE')
  }

  async calls(token: string | null, name: string, args: Record<string, unknown>, about = ''): Promise<Outcome> {
    return this.ask(token, `rpc/${name}`, 'POST', args, about)
  }

  private async ask(token: string | null, path: string, method: string, sent?: unknown, about = ''): Promise<Outcome> {
    const headers = { ...this.profile, ...(token === null ? {} : bearer(token)), 'content-type': 'application/json', prefer: 'return=representation' }
    const { status, body } = await call<unknown>(path, { method, headers, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) }, readStack().urls.rest)
    const { code, message } = (status >= 400 ? body : {}) as Refused
    return outcomeOf(status, code, message, body === null || (Array.isArray(body) && body.length === 0) || !JSON.stringify(body).includes(about))
  }
}
