import { PetriError, readRefusal } from '../petri-error.ts'
import { printsAs } from './inspect.ts'
import { keepFresh, type AccessSource, type Person } from './token.ts'

export interface Request {
  method?: 'GET' | 'HEAD' | 'POST' | 'PATCH'
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal | undefined
}

/** One person's access to the lab's REST API. The token lives in a closure: nothing can print it. */
export interface Session {
  readonly person: Person
  /** `fetch`, uncredentialed: for presigned URLs. */
  readonly fetch: typeof fetch
  /** Sends to a path below the REST base. @throws PetriError for everything that is not a success */
  request(path: string, request?: Request): Promise<Response>
  /** Calls an exposed function and reads its JSON; `null` where it gives nothing. */
  call<T>(name: string, args: object, signal?: AbortSignal): Promise<T>
}

export async function openSession(source: AccessSource, fetch: typeof globalThis.fetch): Promise<Session> {
  const access = keepFresh(source)
  const { person } = await access()

  async function send(path: string, request: Request, renew: boolean): Promise<Response> {
    const { accessToken, restUrl } = await access(renew)
    const url = `${restUrl}/${path}`
    return fetch(url, withToken(request, accessToken)).catch(cause => { throw unreachable(restUrl, request.signal, cause) })
  }

  const session: Session = {
    person,
    fetch,
    async request(path, request = {}) {
      let response = await send(path, request, false)
      // A clock that runs ahead of the server's makes a token look dead: one more try with a new one.
      if (response.status === 401) response = await send(path, request, true)
      if (!response.ok) throw await readRefusal(response)
      return response
    },
    async call<T>(name: string, args: object, signal?: AbortSignal) {
      const response = await session.request(`rpc/${name}`, { method: 'POST', body: args, signal })
      return (response.status === 204 ? null : await response.json()) as T
    },
  }
  return printsAs(session, () => `Session of ${person.name}`)
}

function withToken({ method = 'GET', headers, body, signal }: Request, accessToken: string): RequestInit {
  return {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      authorization: `Bearer ${accessToken}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
}

function unreachable(restUrl: string, signal: AbortSignal | undefined, cause: unknown): unknown {
  if (signal?.aborted) return signal.reason
  return new PetriError(`The lab's API at ${restUrl} cannot be reached.`, { code: 'unreachable', hint: 'Is the stack still running?', cause })
}
