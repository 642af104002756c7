import { createServer, type Server } from 'node:http'
import type { Pool } from 'pg'
import { assertActive } from './as-person.ts'
import type { ChangeFeed } from './changes.ts'
import { streamEvents } from './events.ts'
import type { Graphql } from './graphql.ts'
import { readCredential, sendJson, sendRefusal, type Handler } from './http.ts'
import { Refusal } from './refusal.ts'
import { proxyRest } from './rest.ts'
import type { Settings } from './settings.ts'
import { countAttempts } from './sign-attempts.ts'
import { redeemChallenge, showChallenge } from './sign.ts'
import type { SigningKey } from './signing-key.ts'
import { exchangeToken } from './token.ts'

export interface Gateway {
  settings: Settings
  pool: Pool
  key: SigningKey
  feed: ChangeFeed
  graphql: Graphql
}

/** The gateway's HTTP server, not yet listening. */
export function createGateway(gateway: Gateway): Server {
  const { settings: { prefix }, graphql } = gateway
  const routes = createRoutes(gateway)
  const rest = proxyRest(gateway.settings.postgrestUrl, `${prefix}rest/`)
  const server = createServer(async (req, res) => {
    try {
      const url = new URL(req.url!, 'http://gateway')
      await route(routes, rest, prefix, req.method!, url)(req, res, url)
    } catch (error) {
      sendRefusal(res, error)
    }
  })
  server.on('upgrade', graphql.upgrade)
  server.keepAliveTimeout = 65_000 // longer than the proxies before us keep theirs: no request meets a closing socket
  server.requestTimeout = 0 // uploads and streams take as long as they take
  return server
}

function createRoutes({ settings, pool, key, feed, graphql }: Gateway): Record<string, Record<string, Handler>> {
  const signing = { pool, hubApiUrl: settings.hubApiUrl, attempts: countAttempts() }
  return {
    healthz: { GET: async (_req, res) => sendJson(res, 200, { ok: (await pool.query('select true')).rowCount === 1 }) },
    '.well-known/jwks.json': { GET: (_req, res) => sendJson(res, 200, key.jwks) },
    token: { POST: async (req, res) => sendJson(res, 200, await exchangeToken(req, settings, pool, key)) },
    graphql: { POST: graphql.handle },
    events: {
      async GET(req, res, url) {
        const claims = await key.verify(readCredential(req.headers.authorization, ['Bearer']))
        await assertActive(pool, claims)
        await streamEvents(req, res, url, feed, claims)
      },
    },
    sign: {
      GET: (req, res, url) => showChallenge(req, res, url, signing),
      POST: (req, res) => redeemChallenge(req, res, signing),
    },
  }
}

/** @throws Refusal 404, 405 */
function route(routes: Record<string, Record<string, Handler>>, rest: Handler, prefix: string, method: string, url: URL): Handler {
  const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : undefined
  if (path?.startsWith('rest/')) return rest
  const methods = path !== undefined && Object.hasOwn(routes, path) ? routes[path] : undefined
  if (!methods) throw new Refusal(404, `${url.pathname} is not here`, `Everything is under ${prefix}`)
  const handler = methods[method]
  if (!handler) throw new Refusal(405, `${method} does not work here`, `Use ${Object.keys(methods).join(' or ')}.`)
  return handler
}
