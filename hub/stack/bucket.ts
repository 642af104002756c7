import { Client } from 'pg'
import { bucket, region, storeClient } from './objectstore.ts'
import type { StoreKey } from './secrets.ts'

export interface BucketOptions {
  /** The store's address, the same for browsers, kernels and the worker: it is part of every signature. */
  url: string
  /** Where pages come from that may read and write objects. */
  origins: string[]
  /** Connection URL of `migrator`. */
  databaseUrl: string
  root: StoreKey
  user: StoreKey
}

/** Makes the bucket and the key that may use it and nothing else, and hands that key to the database, which signs URLs with it. */
export async function furnishBucket(options: BucketOptions): Promise<void> {
  const { url, origins, root, user } = options
  const ask = storeClient(root)
  const rules = cors(origins)
  await unlessThere(ask(`${url}/${bucket}`, { method: 'PUT' }))
  await unlessThere(ask(`${url}/create-user`, { method: 'PATCH', body: account(user) }))
  await ask(`${url}/${bucket}?policy`, { method: 'PUT', body: JSON.stringify(policy(user.accessKey)) })
  await ask(`${url}/${bucket}?cors`, { method: 'PUT', body: rules, headers: { 'x-amz-checksum-algorithm': 'SHA256', ...(await checksum(rules)) } })
  await tellDatabase(options)
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

const cors = (origins: string[]) => `<CORSConfiguration><CORSRule>
  ${origins.map((origin) => `<AllowedOrigin>${origin}</AllowedOrigin>`).join('')}
  <AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>range</AllowedHeader><AllowedHeader>content-type</AllowedHeader><AllowedHeader>if-none-match</AllowedHeader><AllowedHeader>x-amz-*</AllowedHeader>
  ${['ETag', 'Content-Range', 'Accept-Ranges', 'x-amz-version-id', 'x-amz-checksum-sha256'].map((name) => `<ExposeHeader>${name}</ExposeHeader>`).join('')}
  <MaxAgeSeconds>600</MaxAgeSeconds>
</CORSRule></CORSConfiguration>`

async function checksum(body: string): Promise<Record<string, string>> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  return { 'x-amz-checksum-sha256': Buffer.from(digest).toString('base64') }
}

async function tellDatabase({ url, databaseUrl, user }: BucketOptions): Promise<void> {
  const db = new Client({ connectionString: databaseUrl })
  await db.connect()
  const asked = db.query('select private.configure_object_store($1, $2, $3, $4, $5)', [url, region, bucket, user.accessKey, user.secretKey])
  await asked.finally(() => db.end())
}
