import type { IncomingMessage, ServerResponse } from 'node:http'
import { asRefusal, Refusal } from './refusal.ts'

export type Handler = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<void> | void

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
  })
  res.end(bytes)
}

/** Answers with the refusal, or cuts the connection if an answer has already begun. */
export function sendRefusal(res: ServerResponse, error: unknown): void {
  const refusal = asRefusal(error)
  if (res.headersSent) return void res.destroy()
  if (refusal.status === 401) res.setHeader('www-authenticate', 'Bearer')
  sendJson(res, refusal.status, refusal.body)
}

/** The credential in `Authorization: <scheme> <credential>`. @throws Refusal 401 */
export function readCredential(header: string | undefined, schemes: readonly string[]): string {
  const [scheme, credential] = (header ?? '').split(' ')
  if (credential && schemes.some(known => known.toLowerCase() === scheme!.toLowerCase())) return credential
  throw new Refusal(401, 'nobody is signed in', `Send the header "Authorization: ${schemes[0]} …".`)
}

export async function readForm(req: IncomingMessage, maxBytes = 10_000): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new Refusal(413, `the form is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
