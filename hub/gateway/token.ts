import type { IncomingMessage } from 'node:http'
import type { Pool } from 'pg'
import { readCredential } from './http.ts'
import { identifyToken } from './hub.ts'
import { identifyPerson, type Person } from './people.ts'
import type { Settings } from './settings.ts'
import type { Claims, SigningKey } from './signing-key.ts'

export interface TokenReply {
  access_token: string
  /** ISO 8601 */
  expires_at: string
  rest_url: string
  graphql_url: string
  events_url: string
  person: Person
}

/** A Hub token in, a five-minute token of ours out. @throws Refusal 401, 403, 503 */
export async function exchangeToken(req: IncomingMessage, settings: Settings, pool: Pool, key: SigningKey): Promise<TokenReply> {
  const hubToken = readCredential(req.headers.authorization, ['token', 'Bearer'])
  const { login, via } = await identifyToken(settings.hubApiUrl, hubToken)
  const person = await identifyPerson(pool, login)
  const { token, expiresAt } = await key.sign(person.id, via)
  return { access_token: token, expires_at: expiresAt.toISOString(), ...addresses(req, settings, via), person }
}

// A page stays on its own origin, so that no CORS is needed; a kernel talks to PostgREST itself.
function addresses(req: IncomingMessage, settings: Settings, via: Claims['via']): Pick<TokenReply, 'rest_url' | 'graphql_url' | 'events_url'> {
  const base = via === 'browser' ? settings.prefix : `http://${req.headers.host}${settings.prefix}`
  return {
    rest_url: via === 'browser' ? `${base}rest` : settings.postgrestUrl,
    graphql_url: `${base}graphql`,
    events_url: `${base}events`,
  }
}
