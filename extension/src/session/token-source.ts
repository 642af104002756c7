import { offlineError, readRefusal } from './error.ts'
import type { Person } from './types.ts'

export interface Token {
  access_token: string
  expires_at: string
  person: Person
}

export interface TokenSource {
  get(): Promise<Token>
  /** Forgets the token, so that the next `get` asks anew. */
  drop(): void
}

const MARGIN_MS = 30_000

/** Exchanges the page's Hub token for the lab's five-minute token; callers at the same time share one exchange. */
export function createTokenSource(baseUrl: string, hubToken: string): TokenSource {
  let current: Promise<Token> | undefined
  let freshUntil = 0
  const exchange = async (): Promise<Token> => {
    const response = await fetch(`${baseUrl}token`, { method: 'POST', headers: { authorization: `token ${hubToken}` } })
      .catch(() => { throw offlineError() })
    if (!response.ok) throw await readRefusal(response)
    const token = await response.json() as Token
    freshUntil = Date.parse(token.expires_at) - MARGIN_MS
    return token
  }
  const drop = (): void => { current = undefined }
  return {
    get() {
      if (current && Date.now() > freshUntil) drop()
      if (!current) {
        freshUntil = Infinity
        current = exchange()
        current.catch(drop)
      }
      return current
    },
    drop,
  }
}
