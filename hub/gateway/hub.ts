import { Refusal } from './refusal.ts'

/** Whom a Hub token belongs to. */
export interface HubUser {
  login: string
  via: 'kernel' | 'browser'
}

interface HubModel {
  kind: string
  name: string
  scopes?: string[]
  session_id?: string | null
}

const SCOPES = ['access:services!service=petri', 'access:services']

/** The person behind a Hub token, if that token was meant for us. @throws Refusal 401, 403, 503 */
export async function identifyToken(hubApiUrl: string, token: string): Promise<HubUser> {
  const answer = await ask(`${hubApiUrl}/user`, { headers: { authorization: `token ${token}` } })
  if (answer.status === 401 || answer.status === 403) {
    throw new Refusal(401, 'the Hub does not know this token', 'Sign in at the Hub again, or restart your server.')
  }
  if (!answer.ok) throw new Refusal(503, `the Hub answered ${answer.status}`, 'Try again in a moment.')
  return acceptUser(await answer.json() as HubModel)
}

// Any service that holds a person's token could otherwise become that person.
function acceptUser(model: HubModel): HubUser {
  if (model.kind !== 'user') throw new Refusal(403, `a ${model.kind}'s token is not a person's`, 'Use the token of a person.')
  if (!model.scopes?.some(scope => SCOPES.includes(scope))) {
    throw new Refusal(403, 'this token was not issued for Petri', `It needs the scope "${SCOPES[0]}".`)
  }
  // Only a token that a page got by OAuth has a browser session.
  return { login: model.name, via: model.session_id ? 'browser' : 'kernel' }
}

/** Whether this is the person's password now: the Hub issues a token for it, which is revoked at once. */
export async function provesPassword(hubApiUrl: string, login: string, password: string): Promise<boolean> {
  const tokens = `${hubApiUrl}/users/${encodeURIComponent(login)}/tokens`
  const answer = await ask(tokens, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: { username: login, password },
      note: 'signature',
      expires_in: 60,
      scopes: ['tokens!user'],
    }),
  })
  if (answer.status === 401 || answer.status === 403) return false
  if (!answer.ok) throw new Refusal(503, `the Hub answered ${answer.status}`, 'Try again in a moment.')
  const { id, token } = await answer.json() as { id: string, token: string }
  await ask(`${tokens}/${id}`, { method: 'DELETE', headers: { authorization: `token ${token}` } })
  return true
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })
  } catch (cause) {
    console.error('the Hub cannot be reached', cause)
    throw new Refusal(503, 'the Hub cannot be reached', 'Try again in a moment.')
  }
}
