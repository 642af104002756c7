import { Agent, request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { sendRefusal, type Handler } from './http.ts'
import { Refusal } from './refusal.ts'

// RFC 9110, 7.6.1; cookies are the Hub's and no business of PostgREST.
const NOT_FORWARDED = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection',
  'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'cookie']

/** Passes requests to PostgREST and its answers back, streaming both ways. */
export function proxyRest(postgrestUrl: string, prefix: string): Handler {
  // PostgREST closes idle connections after 30 s: let go of them first.
  const agent = new Agent({ keepAlive: true, timeout: 20_000 })
  return (req, res, url) => {
    const target = new URL(`${postgrestUrl}/${url.pathname.slice(prefix.length)}${url.search}`)
    const upstream = request(target, { agent, method: req.method, headers: forwarded(req.headers) })
    upstream.on('response', answer => passBack(answer, res, prefix))
    upstream.on('error', error => res.destroyed || sendRefusal(res, unreachable(error)))
    res.on('close', () => upstream.destroy())
    req.pipe(upstream)
  }
}

function passBack(answer: IncomingMessage, res: ServerResponse, prefix: string): void {
  const headers = forwarded(answer.headers)
  if (answer.headers.location?.startsWith('/')) headers.location = prefix + answer.headers.location.slice(1)
  res.writeHead(answer.statusCode!, headers)
  pipeline(answer, res, () => {}) // either side may leave early: the other one then ends too
}

function forwarded(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.includes(name) && !named.includes(name)))
}

function unreachable(error: Error): Refusal {
  console.error('PostgREST cannot be reached', error)
  return new Refusal(503, 'the database API cannot be reached', 'Try again in a moment.')
}
