import type { Change } from './types.ts'

const RETRY_MS = 3_000

export interface ChangeListener {
  token(): Promise<string>
  signal: AbortSignal
  /** The server answered. */
  onOpen(): void
  onChanges(changes: Change[]): void
}

/** Hands over changes as they happen, reconnecting at the last position, until aborted. Never throws. */
export async function followChanges(url: string, { token, signal, onOpen, onChanges }: ChangeListener): Promise<void> {
  let after: string | undefined
  while (!signal.aborted) {
    try {
      const headers: HeadersInit = { authorization: `Bearer ${await token()}`, accept: 'text/event-stream' }
      const response = await fetch(after === undefined ? url : `${url}?after=${after}`, { headers, signal })
      if (response.ok && response.body) {
        onOpen()
        for await (const event of readEvents(response.body)) {
          after = event.id ?? after
          if (event.type === 'changes') onChanges(JSON.parse(event.data) as Change[])
        }
      }
    } catch {
      // No network, or aborted: the loop answers both.
    }
    await pause(RETRY_MS, signal) // the stream ends with its token; nothing is missed, since it goes on at the position
  }
}

export interface ServerEvent {
  id: string | undefined
  type: string
  data: string
}

/** Parses a stream of server-sent events. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const blocks = (text + chunk.value).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = readEvent(block)
      if (event) yield event
    }
  }
}

function readEvent(block: string): ServerEvent | undefined {
  const fields = new Map(block.split('\n').map(line => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)] as const
  }))
  const data = fields.get('data')
  return data === undefined ? undefined : { id: fields.get('id'), type: fields.get('event') ?? 'message', data }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    }, { once: true })
  })
}
