import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChangeFeed, Page } from './changes.ts'
import { asRefusal, Refusal } from './refusal.ts'
import type { Claims } from './signing-key.ts'

/**
 * Server-sent events: `ready` with the position read from, then `changes` with an array of changes, each with the id
 * to resume from; `refused` when the person may not read any more. Ends when the token expires. The token is a header, so clients use fetch instead of EventSource.
 */
export async function streamEvents(req: IncomingMessage, res: ServerResponse, url: URL, feed: ChangeFeed, claims: Claims): Promise<void> {
  const after = readPosition(url.searchParams.get('after') ?? req.headers['last-event-id']) ?? await feed.latest(claims)
  const closed = new AbortController()
  res.on('close', () => closed.abort())
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  res.write(formatEvent('ready', after, { position: after }))
  try {
    for await (const page of feed.follow(claims, after, closed.signal)) {
      res.write(formatPage(page))
      if (res.writableNeedDrain) await drained(res)
    }
  } catch (error) {
    res.write(`event: refused\ndata: ${JSON.stringify(asRefusal(error).body)}\n\n`)
  }
  res.end()
}

/** @throws Refusal 400 */
export function readPosition(text: string | string[] | null | undefined): number | undefined {
  if (text == null || text === '') return undefined
  const position = Number(text)
  if (Number.isSafeInteger(position) && position >= 0) return position
  throw new Refusal(400, `"${text}" is not a position`, 'Expected a whole number, 0 or more.')
}

// Without changes it is a sign of life, which still moves the position to resume from.
function formatPage({ position, changes }: Page): string {
  return changes.length > 0 ? formatEvent('changes', position, changes) : `id: ${position}\n\n`
}

function formatEvent(event: string, position: number, data: unknown): string {
  return `id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

const drained = (res: ServerResponse): Promise<void> => new Promise(resolve => {
  res.once('drain', resolve)
  res.once('close', resolve)
})
