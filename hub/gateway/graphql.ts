import './graphile-env.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DatabaseError, type Pool } from 'pg'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { GraphQLError } from 'postgraphile/graphql'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { pgSmartTags } from 'postgraphile/utils'
import { assertActive } from './as-person.ts'
import type { ChangeFeed } from './changes.ts'
import { eventsPlugin } from './graphql-events.ts'
import { readKeys } from './graphql-keys.ts'
import { LimitsPlugin } from './graphql-limits.ts'
import { NamesPlugin } from './graphql-names.ts'
import { readCredential } from './http.ts'
import { listen } from './listen.ts'
import { asRefusal } from './refusal.ts'
import type { Claims, SigningKey } from './signing-key.ts'

/** The schema of api_v1, without what is only needed to serve it. */
export function describeGraphql(pool: Pool, feed?: ChangeFeed): GraphileConfig.Preset {
  return {
    extends: [PostGraphileAmberPreset],
    plugins: [pgSmartTags(() => readKeys(pool)), NamesPlugin, LimitsPlugin, eventsPlugin(feed)],
    disablePlugins: ['NodePlugin'], // `id` is the record's own
    pgServices: [makePgService({ pool, schemas: ['api_v1'], pubsub: false })],
  }
}

export interface Graphql {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  release(): Promise<void>
}

/**
 * GraphQL over HTTP and WebSocket at `path`, as the person whom the bearer token names. Built again when the law was
 * rebuilt; requests under way, and subscriptions, end on the one they began with.
 */
export async function serveGraphql(path: string, databaseUrl: string, pool: Pool, key: SigningKey, feed: ChangeFeed): Promise<Graphql> {
  let current = await buildGraphql(path, pool, key, feed)
  const renew = inTurn(async () => {
    const old = current
    current = await buildGraphql(path, pool, key, feed)
    setTimeout(() => void old.release(), LONGEST_REQUEST_MS).unref()
  })
  const stopListening = await listen(databaseUrl, 'pgrst', renew) // which is how a rebuild tells PostgREST, too
  return {
    handle: (req, res) => current.handle(req, res),
    upgrade: (req, socket, head) => current.upgrade(req, socket, head),
    async release() {
      await stopListening()
      await current.release()
    },
  }
}

/** A subscription ends with its token, after five minutes. */
const LONGEST_REQUEST_MS = 6 * 60_000

/** Runs `work` when called, one at a time; calls during it become one more run. What fails leaves things as they were. */
function inTurn(work: () => Promise<void>): () => void {
  let [running, asked] = [false, false]
  return async function run() {
    asked = true
    if (running) return
    running = true
    while (asked) {
      asked = false
      await work().catch((error: Error) => console.error('graphql: the new law cannot be served, the old one still is:', error.message))
    }
    running = false
  }
}

async function buildGraphql(path: string, pool: Pool, key: SigningKey, feed: ChangeFeed): Promise<Graphql> {
  const claims = new WeakMap<IncomingMessage, Claims>()
  const signIn = async (req: IncomingMessage, header: unknown): Promise<void> => {
    const credential = readCredential(typeof header === 'string' ? header : undefined, ['Bearer'])
    const verified = await key.verify(credential)
    await assertActive(pool, verified)
    claims.set(req, verified)
  }
  const instance = postgraphile({
    extends: [describeGraphql(pool, feed)],
    plugins: [socketSignIn(signIn)],
    grafserv: { graphqlPath: path, graphiql: false, watch: false, websockets: true, maskError },
    grafast: {
      explain: false,
      timeouts: { planning: 1_000, execution: 30_000 },
      context: ({ node, ws }) => {
        const req = (node?.req ?? ws?.request) as IncomingMessage
        return asMember(claims.get(req)!, req)
      },
    },
  })
  const server = createServer() // never listens: it carries the handlers that grafserv adds
  await instance.createServ(grafserv).addTo(server)
  await instance.getSchema()
  return {
    async handle(req, res) {
      await signIn(req, req.headers.authorization)
      server.emit('request', req, res)
    },
    upgrade: (req, socket, head) => void server.emit('upgrade', req, socket, head),
    release: async () => instance.release(),
  }
}

// A browser's WebSocket cannot send headers: the token comes with `connection_init`.
function socketSignIn(signIn: (req: IncomingMessage, header: unknown) => Promise<void>): GraphileConfig.Plugin {
  return {
    name: 'PetriSocketSignInPlugin',
    grafserv: {
      middleware: {
        async onSubscribe(next, { ctx }) {
          const { request } = ctx.extra as { request: IncomingMessage }
          const params = ctx.connectionParams ?? {}
          try {
            await signIn(request, params.authorization ?? params.Authorization)
          } catch (error) {
            const { message, body } = asRefusal(error)
            return [new GraphQLError(message, { extensions: { ...body } })]
          }
          return next()
        },
      },
    },
  }
}

// What PostgREST and private.check_request() would set for this request.
function asMember(claims: Claims, req: IncomingMessage): Partial<Grafast.Context> {
  const header = (name: string): string => String(req.headers[name] ?? '')
  return {
    claims,
    pgSettings: {
      role: 'member',
      'request.jwt.claims': JSON.stringify(claims),
      'petri.reason': header('x-petri-reason'),
      'petri.request_id': header('x-request-id'),
      statement_timeout: '10s',
    },
  }
}

// The law's refusals keep their code, details and hint; anything else stays vague.
function maskError(error: GraphQLError): GraphQLError {
  const { originalError, nodes, source, positions, path } = error
  if (!originalError || originalError instanceof GraphQLError) return error
  const extensions = (originalError as { extensions?: { hint?: unknown } }).extensions
  if (extensions && 'hint' in extensions) return new GraphQLError(error.message, { nodes, source, positions, path, extensions })
  const { message, body } = asRefusal(originalError instanceof DatabaseError ? originalError : originalError.cause ?? originalError)
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...body } })
}

declare global {
  namespace Grafast {
    interface Context { claims: Claims }
  }
}
