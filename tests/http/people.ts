import { loginToHub } from '../notebooks/hub.ts'
import { readStack } from './stack.ts'
import type { TokenReply } from '../../hub/gateway/token.ts'

const stack = readStack()

export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

/** A request to the gateway; JSON answers are parsed. */
export async function call<Body = unknown>(path: string, init: RequestInit = {}, base = stack.urls.gateway): Promise<Answer<Body>> {
  const response = await fetch(`${base}/${path}`, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body }
}

export const exchange = (hubToken: string): Promise<Answer<TokenReply>> =>
  call('token', { method: 'POST', headers: { authorization: `token ${hubToken}` } })

export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` })

export const passwordOf = (login: string): string => stack.people.find(person => person.login === login)!.password

// The Hub knows a person from the first sign-in on.
const signedIn = new Map<string, Promise<unknown>>()

/** A Hub token of a demo person, who has signed in at the form; asked for with the password, as the Hub's API allows. */
export async function hubToken(login: string, scopes = ['access:services!service=petri']): Promise<string> {
  const password = passwordOf(login)
  if (!signedIn.has(login)) signedIn.set(login, loginToHub(stack.urls.public, login, password))
  await signedIn.get(login)
  const response = await fetch(`${stack.urls.public}/hub/api/users/${login}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { username: login, password }, scopes, expires_in: 600, note: 'test' }),
  })
  if (response.status !== 201) throw new Error(`the Hub gave ${login} no token: ${response.status} ${await response.text()}`)
  return (await response.json() as { token: string }).token
}

/** Our token for a demo person. */
export async function signIn(login: string): Promise<TokenReply> {
  const { status, body } = await exchange(await hubToken(login))
  if (status !== 200) throw new Error(`${login} cannot sign in: ${JSON.stringify(body)}`)
  return body
}

export interface GraphqlAnswer<Data> {
  data?: Data
  errors?: { message: string, extensions?: { code?: string, hint?: string } }[]
  code?: string
}

/** A GraphQL request; `null` asks as nobody. */
export const ask = <Data = Record<string, unknown>>(
  token: string | null, query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {},
): Promise<Answer<GraphqlAnswer<Data>>> =>
  call('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : bearer(token)), ...headers },
    body: JSON.stringify({ query, variables }),
  })
