import assert from 'node:assert/strict'
import { bearer, call, signIn } from './people.ts'
import { readStack } from './stack.ts'

export interface EventStream {
  /** Everything up to and including the match. @throws Error when the stream ends before */
  until(pattern: RegExp): Promise<string>
  close(): void
}

/** An open stream of changes. */
export async function openEvents(token: string, after?: number, base = readStack().urls.gateway): Promise<EventStream> {
  const stop = new AbortController()
  const query = after === undefined ? '' : `?after=${after}`
  const response = await fetch(`${base}/events${query}`, { headers: bearer(token), signal: stop.signal })
  assert.equal(response.status, 200, await (response.ok ? '' : response.text()))
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let unread = ''
  return {
    async until(pattern) {
      for (;;) {
        const match = pattern.exec(unread)
        if (match) {
          const end = match.index + match[0].length
          const read = unread.slice(0, end)
          unread = unread.slice(end)
          return read
        }
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended before ${pattern}: ${unread}`)
        unread += value
      }
    },
    close: () => stop.abort(),
  }
}

/** Edits a sample as an analyst of the demo lab, and says which. */
export async function touchSample(): Promise<string> {
  const headers = { ...bearer((await signIn('arno')).access_token), 'content-type': 'application/json' }
  const { body: [sample] } = await call<{ id: string, version: number }[]>('rest/samples?limit=1&order=id', { headers })
  const edit = { version: sample!.version, description: `Seen at ${new Date().toISOString()}.` }
  const { status } = await call(`rest/samples?id=eq.${sample!.id}`, { method: 'PATCH', headers, body: JSON.stringify(edit) })
  assert.equal(status, 204)
  return sample!.id
}
