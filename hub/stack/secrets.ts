import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from './json-file.ts'

export interface Secrets {
  /** Passwords of PostgreSQL's login roles. */
  roles: { postgres: string; authenticator: string; worker: string; migrator: string }
  /** What the gateway is to the Hub. */
  serviceToken: string
  /** What the Hub is to its proxy. */
  proxyToken: string
  /** The store's owner: makes the bucket, dumps and restores it, and is never handed to another process. */
  storeRoot: StoreKey
  /** The key in the database: reads and writes objects of the one bucket. */
  storeUser: StoreKey
}

export interface StoreKey {
  accessKey: string
  secretKey: string
}

const password = () => randomBytes(24).toString('base64url')
const storeKey = (name: string): StoreKey => ({ accessKey: `${name}-${randomBytes(6).toString('hex')}`, secretKey: password() })

/** Reads the lab's secrets, made at its first start. The folder is 0700, each file 0600. */
export function readSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (!existsSync(signingKeyFile(folder))) makeSigningKey(folder)
  return keep(join(folder, 'secrets.json'), makeSecrets)
}

function makeSecrets(): Secrets {
  return {
    roles: { postgres: password(), authenticator: password(), worker: password(), migrator: password() },
    serviceToken: password(),
    proxyToken: password(),
    storeRoot: storeKey('petri-root'),
    storeUser: storeKey('petri'),
  }
}

/** What the file holds, made once if it is not there. */
export function keep<T>(file: string, make: () => T): T {
  const kept = readJson<T>(file)
  if (kept) return kept
  const made = make()
  writeJson(file, made)
  return made
}

export const signingKeyFile = (folder: string) => join(folder, 'signing-key.json')
export const jwksFile = (folder: string) => join(folder, 'jwks.json')

/** The private key is the gateway's alone; everybody else verifies with the public set. */
function makeSigningKey(folder: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const head = { kid: randomUUID(), alg: 'ES256', use: 'sig' }
  writeJson(jwksFile(folder), { keys: [{ ...publicKey.export({ format: 'jwk' }), ...head }] })
  writeJson(signingKeyFile(folder), { ...privateKey.export({ format: 'jwk' }), ...head })
}
