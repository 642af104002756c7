import type { StackDescription } from '../hub/stack/description.ts'
import { loginToHub } from '../tests/notebooks/hub.ts'

/** A demo person signed in at the Hub, as a kernel would be. */
export interface Person {
  hubToken: string
  /** A token that still holds for four minutes at least. */
  accessToken(): Promise<string>
}

const renewAfterMs = 60_000

export async function signIn({ urls, people }: StackDescription, login: string): Promise<Person> {
  const { password } = people.find((person) => person.login === login)!
  // The Hub knows a person from the first sign-in on.
  await loginToHub(urls.public, login, password)
  const request = { auth: { username: login, password }, scopes: ['access:services!service=petri'], expires_in: 7200, note: 'bench' }
  const { token: hubToken } = await post<{ token: string }>(`${urls.public}/hub/api/users/${login}/tokens`, {}, request)
  let kept = { token: '', at: -Infinity }
  return {
    hubToken,
    async accessToken() {
      if (Date.now() - kept.at < renewAfterMs) return kept.token
      const { access_token: token } = await post<{ access_token: string }>(`${urls.gateway}/token`, { authorization: `token ${hubToken}` })
      kept = { token, at: Date.now() }
      return token
    },
  }
}

/** JSON there and back. @throws Error with the answer's own words */
export async function post<T>(url: string, headers: Record<string, string>, body?: unknown): Promise<T> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`POST ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
