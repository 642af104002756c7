import { PetriError, readRefusal } from '../petri-error.ts'

/** The person behind a session, with the roles that they hold anywhere in their lab. */
export interface Person {
  id: string
  login: string
  name: string
  lab_id: string
  roles: string[]
}

/** What a token exchange gives. */
export interface Access {
  accessToken: string
  expiresAt: Date
  restUrl: string
  person: Person
}

/** Where access comes from: the gateway, unless a program brings its own. */
export type AccessSource = () => Promise<Access>

export interface GatewayOptions {
  gatewayUrl: string
  /** The Hub's own token of this person; asked for at each exchange, never kept. */
  hubToken: () => string
  fetch: typeof fetch
}

/** Exchanges the Hub's token for a five-minute one. @throws PetriError when the gateway refuses or is not there */
export function gatewayAccess({ gatewayUrl, hubToken, fetch }: GatewayOptions): AccessSource {
  const base = gatewayUrl.replace(/\/*$/, '/')
  return async () => {
    const response = await fetch(`${base}token`, { method: 'POST', headers: { authorization: `token ${hubToken()}` } })
      .catch(cause => { throw noGateway(gatewayUrl, cause) })
    if (!response.ok) throw await readRefusal(response)
    const reply = await response.json() as { access_token: string, expires_at: string, rest_url: string, person: Person }
    return {
      accessToken: reply.access_token,
      expiresAt: new Date(reply.expires_at),
      restUrl: new URL(reply.rest_url, new URL(base, globalThis.location?.href)).href.replace(/\/*$/, ''),
      person: reply.person,
    }
  }
}

function noGateway(gatewayUrl: string, cause: unknown): PetriError {
  return new PetriError(`No Petri gateway at ${gatewayUrl}: start the stack with \`npm start\`.`, { code: 'no_gateway', cause })
}

// Renewed this long before it ends, so that no request sets out with a token that dies on the way.
const RENEW_BEFORE_MS = 30_000

/** Keeps access fresh: renewed before it ends, one exchange at a time. `renew` forgets what is kept. */
export function keepFresh(source: AccessSource): (renew?: boolean) => Promise<Access> {
  let kept: Access | undefined
  let pending: Promise<Access> | undefined
  return async (renew = false) => {
    if (kept && !renew && kept.expiresAt.getTime() - Date.now() > RENEW_BEFORE_MS) return kept
    pending ??= source().then(access => kept = access).finally(() => pending = undefined)
    return pending
  }
}
