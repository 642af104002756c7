import { readFileSync } from 'node:fs'
import { importJWK, SignJWT, type JWK } from 'jose'
import pg from 'pg'
import { printGraphqlSchema } from '../gateway/print-schema.ts'
import type { StackDescription } from './description.ts'

/** What clients are generated from, as the running API tells it to a member: file below the root → text. */
export async function readApiContracts(stack: StackDescription): Promise<Record<string, string>> {
  return {
    'db/contracts/openapi.json': await readOpenapi(stack),
    'db/contracts/schema.graphql': await printGraphqlSchema(stack.databases.authenticator),
  }
}

async function readOpenapi(stack: StackDescription): Promise<string> {
  const answer = await fetch(`${stack.urls.rest}/`, { headers: { authorization: `Bearer ${await memberToken(stack)}` } })
  if (!answer.ok) throw new Error(`PostgREST answered ${answer.status}: ${await answer.text()}`)
  const { host: _host, info: { version: _version, ...info }, externalDocs: _docs, ...contract } = await answer.json() as Record<string, unknown> & { info: Record<string, unknown> }
  return JSON.stringify(sorted({ ...contract, info }), null, 1) + '\n'
}

/** PostgREST lists things in the order of the database's catalog; a contract should not change with that. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}

/** The API describes itself to members only; whoever runs the stack holds its key. */
async function memberToken(stack: StackDescription): Promise<string> {
  const jwk = JSON.parse(readFileSync(stack.signingKeyFile, 'utf8')) as JWK
  const db = new pg.Client({ connectionString: stack.databases.migrator })
  await db.connect()
  const { rows: [person] } = await db.query(`select id from lab.people where active order by login limit 1`).finally(() => db.end())
  return new SignJWT({ role: 'member', via: 'kernel' })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid! })
    .setSubject(person.id).setAudience('petri').setIssuedAt().setExpirationTime('1m')
    .sign(await importJWK(jwk, 'ES256'))
}
