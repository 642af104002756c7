import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { Client } from 'pg'
import { inTools } from './bootstrap/paths.mjs'
import { databaseUrl } from './database.ts'
import { answers } from './http.ts'
import type { Program } from './keeper.ts'
import type { Places } from './places.ts'
import type { Ports } from './ports.ts'
import type { Secrets, StoreKey } from './secrets.ts'

export const region = 'us-east-1'
export const bucket = 'petri'

export const storeUrl = (ports: Ports): string => `http://127.0.0.1:${ports.store}`

/** Asks the store as somebody; unlike plain `fetch` it throws where the store refuses. */
export function storeClient({ accessKey, secretKey }: StoreKey) {
  const aws = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region, retries: 0 })
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const reply = await aws.fetch(url, init)
    if (!reply.ok) throw new Error(`object store: ${init.method ?? 'GET'} ${new URL(url).pathname}: ${reply.status} ${await reply.text()}`)
    return reply
  }
}

/** versitygw over a plain folder. */
export function objectStoreProgram(places: Places, ports: Ports, { storeRoot }: Secrets): Program {
  mkdirSync(places.objects, { recursive: true, mode: 0o700 })
  mkdirSync(places.storeUsers, { recursive: true, mode: 0o700 })
  return {
    name: 'objectstore',
    command: inTools('versitygw'),
    args: ['--port', `127.0.0.1:${ports.store}`, '--region', region, '--health', '/health', '--iam-dir', places.storeUsers, '--quiet', 'posix', ...metadataFlags(places), places.objects],
    env: {
      ROOT_ACCESS_KEY: storeRoot.accessKey,
      ROOT_SECRET_KEY: storeRoot.secretKey,
      VGW_CORS_ALLOW_ORIGIN: `http://127.0.0.1:${ports.public}`,
    },
    isReady: () => answers(`${storeUrl(ports)}/health`),
  }
}

/** Metadata lives in extended attributes, or beside the objects where the file system has none. */
function metadataFlags(places: Places): string[] {
  const sidecar = join(places.dataDir, 'objects-metadata')
  if (!existsSync(sidecar) && hasAttributes(places.objects)) return []
  mkdirSync(sidecar, { recursive: true, mode: 0o700 })
  return ['--sidecar', sidecar]
}

function hasAttributes(folder: string): boolean {
  const probe = 'import os, sys; os.setxattr(sys.argv[1], "user.petri", b"1"); os.removexattr(sys.argv[1], "user.petri")'
  return process.platform === 'darwin' || spawnSync(inTools('venv', 'bin', 'python'), ['-c', probe, folder]).status === 0
}

/** Makes the bucket and the key that may use it and nothing else, and hands that key to the database, which signs URLs with it. */
export async function furnishStore(ports: Ports, secrets: Secrets): Promise<void> {
  const ask = storeClient(secrets.storeRoot)
  const url = storeUrl(ports)
  await unlessThere(ask(`${url}/${bucket}`, { method: 'PUT' }))
  await unlessThere(ask(`${url}/create-user`, { method: 'PATCH', body: account(secrets.storeUser) }))
  await ask(`${url}/${bucket}?policy`, { method: 'PUT', body: JSON.stringify(policy(secrets.storeUser.accessKey)) })
  await ask(`${url}/${bucket}?cors`, { method: 'PUT', body: cors(ports.public), headers: { 'x-amz-checksum-algorithm': 'SHA256', ...(await checksum(cors(ports.public))) } })
  await tellDatabase(ports, secrets)
}

async function unlessThere(asked: Promise<Response>): Promise<void> {
  await asked.catch((error: Error) => {
    if (!/ 409 /.test(error.message)) throw error
  })
}

const account = ({ accessKey, secretKey }: StoreKey) =>
  `<Account><Access>${accessKey}</Access><Secret>${secretKey}</Secret><Role>user</Role></Account>`

function policy(accessKey: string) {
  const allow = (actions: string[], resource: string) => ({ Effect: 'Allow', Principal: { AWS: [accessKey] }, Action: actions, Resource: resource })
  return {
    Version: '2012-10-17',
    Statement: [
      allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `arn:aws:s3:::${bucket}/*`),
      allow(['s3:ListBucket'], `arn:aws:s3:::${bucket}`),
    ],
  }
}

const cors = (publicPort: number) => `<CORSConfiguration><CORSRule>
  <AllowedOrigin>http://127.0.0.1:${publicPort}</AllowedOrigin><AllowedOrigin>http://localhost:${publicPort}</AllowedOrigin>
  <AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>range</AllowedHeader><AllowedHeader>content-type</AllowedHeader><AllowedHeader>if-none-match</AllowedHeader><AllowedHeader>x-amz-*</AllowedHeader>
  ${['ETag', 'Content-Range', 'Accept-Ranges', 'x-amz-version-id', 'x-amz-checksum-sha256'].map((name) => `<ExposeHeader>${name}</ExposeHeader>`).join('')}
  <MaxAgeSeconds>600</MaxAgeSeconds>
</CORSRule></CORSConfiguration>`

async function checksum(body: string): Promise<Record<string, string>> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  return { 'x-amz-checksum-sha256': Buffer.from(digest).toString('base64') }
}

async function tellDatabase(ports: Ports, secrets: Secrets): Promise<void> {
  const db = new Client({ connectionString: databaseUrl('migrator', ports.postgres, secrets) })
  await db.connect()
  const { accessKey, secretKey } = secrets.storeUser
  const asked = db.query('select private.configure_object_store($1, $2, $3, $4, $5)', [storeUrl(ports), region, bucket, accessKey, secretKey])
  await asked.finally(() => db.end())
}
