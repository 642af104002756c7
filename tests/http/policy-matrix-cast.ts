/** Who is asked, and with what token. The cast is made once and stays, deactivated persons included. */
import { readFileSync } from 'node:fs'
import { importJWK, SignJWT, type JWK } from 'jose'
import type { Client } from 'pg'
import { readStack } from './stack.ts'

/** The roles in both projects, and the outsiders. `null` asks without a token. */
export const cast = ['viewer', 'technician', 'analyst', 'reviewer', 'qa', 'lab_admin', 'other_project', 'denied', 'other_lab', 'deactivated', 'anonymous'] as const
export type Person = typeof cast[number]
export type Tokens = Record<Person, string | null>

/** Makes the people, where they are not yet, and signs each a token as the gateway does. */
export async function makeCast(db: Client): Promise<Tokens> {
  await db.query(readFileSync(new URL('policy-matrix-cast.sql', import.meta.url), 'utf8'))
  const { rows } = await db.query<{ name: Person, id: string }>(`select substr(login, 8) as name, id from lab.people where login like 'matrix-%'`)
  const sign = await signer()
  const signed = await Promise.all(rows.map(async ({ name, id }) => [name, await sign(id)] as const))
  return { ...Object.fromEntries(signed), anonymous: null } as Tokens
}

async function signer(): Promise<(personId: string) => Promise<string>> {
  const jwk = JSON.parse(readFileSync(readStack().signingKeyFile, 'utf8')) as JWK
  const key = await importJWK(jwk, 'ES256')
  return (personId) => new SignJWT({ role: 'member', via: 'browser' })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid! })
    .setSubject(personId).setAudience('petri').setIssuedAt().setExpirationTime('10m')
    .sign(key)
}
