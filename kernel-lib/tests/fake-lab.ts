import { connect } from '../src/connect.ts'
import type { Lab } from '../src/lab.ts'

export const HUB_TOKEN = 'hub-token-that-nobody-may-see'
export const ACCESS_TOKEN = 'access-token-that-nobody-may-see'

/** A request as the wire saw it. */
export interface Sent {
  method: string
  url: URL
  headers: Headers
  body: string
}

type Answer = (sent: Sent) => Response | undefined

/** The wire of a lab: answers tokens itself and everything else by `answer`; keeps what was sent. */
export function fakeWire(answer: Answer, { lifetimeMs = 300_000 } = {}): { fetch: typeof fetch, sent: Sent[] } {
  const sent: Sent[] = []
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    init.signal?.throwIfAborted()
    const request = { method: init.method ?? 'GET', url: new URL(String(input)), headers: new Headers(init.headers), body: await textOf(init.body) }
    sent.push(request)
    return request.url.pathname.endsWith('/token') ? tokenReply(lifetimeMs) : answer(request) ?? refuse(404, 'PT404', 'nothing there')
  }
  return { fetch: fetch as typeof globalThis.fetch, sent }
}

export function connectTo(fetch: typeof globalThis.fetch): Promise<Lab> {
  return connect({ gatewayUrl: 'http://127.0.0.1:1/services/petri', hubToken: () => HUB_TOKEN, fetch })
}

export function refuse(status: number, code: string, message: string, hint?: string): Response {
  return Response.json({ code, message, details: null, hint: hint ?? null }, { status })
}

function tokenReply(lifetimeMs: number): Response {
  return Response.json({
    access_token: ACCESS_TOKEN,
    expires_at: new Date(Date.now() + lifetimeMs).toISOString(),
    rest_url: 'http://127.0.0.1:1/rest',
    person: { id: 'p1', login: 'dina', name: 'Dina Marsh', lab_id: 'l1', roles: ['analyst'] },
  })
}

async function textOf(body: BodyInit | null | undefined): Promise<string> {
  return body instanceof Blob ? body.text() : String(body ?? '')
}
