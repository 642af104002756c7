import { loginToHub } from '../../../tests/notebooks/hub.ts'
import type { StackDescription } from '../description.ts'

/** What the gateway answers to a Hub token. */
export interface Session {
  access_token: string
  rest_url: string
  graphql_url: string
  person: { id: string; login: string; lab_id: string; roles: string[] }
}

export const passwordOf = ({ people }: StackDescription, login: string): string => {
  const person = people.find((each) => each.login === login)
  if (!person) throw new Error(`nobody is called ${login}`)
  return person.password
}

/** A Hub token for Petri, got with the password by someone who has signed in at the Hub's form. */
export async function hubToken(stack: StackDescription, login: string): Promise<string> {
  const password = passwordOf(stack, login)
  await loginToHub(stack.urls.public, login, password)
  const wish = { auth: { username: login, password }, scopes: ['access:services!service=petri'], expires_in: 600, note: 'smoke' }
  const reply = await fetch(`${stack.urls.public}/hub/api/users/${login}/tokens`, { method: 'POST', body: JSON.stringify(wish) })
  return (await json<{ token: string }>(reply)).token
}

/** The way a kernel comes in: Hub token, then the gateway's five-minute token. */
export async function signIn(stack: StackDescription, login: string): Promise<Session> {
  const headers = { authorization: `token ${await hubToken(stack, login)}` }
  return json<Session>(await fetch(`${stack.urls.publicGateway}/token`, { method: 'POST', headers }))
}

/** Asks REST as a signed-in person; a body makes it a POST. */
export async function rest<T>({ rest_url, access_token }: Session, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return json<T>(await fetch(`${rest_url}/${path}`, { headers, ...sent }))
}

export async function json<T>(reply: Response): Promise<T> {
  if (!reply.ok) throw new Error(`${reply.status} from ${reply.url}: ${(await reply.text()).slice(0, 500)}`)
  return (await reply.json()) as T
}
