import { readFile } from 'node:fs/promises'
import { importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type JWK, type JWTPayload } from 'jose'
import { Refusal } from './refusal.ts'

const AUDIENCE = 'petri'
const LIFETIME_S = 300

/** What the database is told about a person; `private.me()` decides whether it still holds. */
export interface Claims extends JWTPayload {
  sub: string
  role: 'member'
  via: 'kernel' | 'browser'
  exp: number
}

export interface SigningKey {
  /** The public half, for PostgREST. */
  jwks: JSONWebKeySet
  sign(personId: string, via: Claims['via']): Promise<{ token: string, expiresAt: Date }>
  /** @throws Refusal 401 */
  verify(token: string): Promise<Claims>
}

/** Reads a private ES256 JWK. It never leaves this file. */
export async function readSigningKey(path: string): Promise<SigningKey> {
  const jwk = JSON.parse(await readFile(path, 'utf8')) as JWK
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || !jwk.d || !jwk.kid) {
    throw new Error(`${path} is no signing key: expected a private P-256 JWK with a kid`)
  }
  const { d: _secret, key_ops: _ops, ...half } = jwk
  const publicJwk = { ...half, alg: 'ES256', use: 'sig' }
  const privateKey = await importJWK({ ...jwk, alg: 'ES256' })
  const publicKey = await importJWK(publicJwk)
  return {
    jwks: { keys: [publicJwk] },
    sign: (personId, via) => sign(privateKey, jwk.kid!, personId, via),
    verify: token => verify(publicKey, token),
  }
}

type Key = Awaited<ReturnType<typeof importJWK>>

async function sign(key: Key, kid: string, personId: string, via: string): Promise<{ token: string, expiresAt: Date }> {
  const issuedAt = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({ role: 'member', via })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
    .setSubject(personId)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_S)
    .setJti(crypto.randomUUID())
    .sign(key)
  return { token, expiresAt: new Date((issuedAt + LIFETIME_S) * 1000) }
}

async function verify(key: Key, token: string): Promise<Claims> {
  const options = { algorithms: ['ES256'], audience: AUDIENCE, requiredClaims: ['sub', 'exp', 'role'] }
  const { payload } = await jwtVerify(token, key, options).catch((cause: { code?: string }) => {
    const expired = cause.code === 'ERR_JWT_EXPIRED'
    throw new Refusal(401, expired ? 'the token has expired' : 'the token is not valid', 'Exchange your Hub token for a new one.')
  })
  if (payload.role !== 'member') throw new Refusal(401, 'the token is not valid', 'Exchange your Hub token for a new one.')
  return payload as Claims
}
