import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { AwsClient } from 'aws4fetch'
import { bucket, region, storeClient } from './objectstore.ts'
import type { DumpedObject } from './dumped.ts'
import type { StoreKey } from './secrets.ts'

// Not by fetch: Node 24's dies of an assertion when the store closes a connection whose body is still being read.
async function openObject(url: string, { accessKey, secretKey }: StoreKey): Promise<IncomingMessage> {
  const aws = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region })
  const { headers } = await aws.sign(url)
  return new Promise((resolve, reject) => get(url, { headers: Object.fromEntries(headers), agent: false }, resolve).on('error', reject))
}

/** The bucket's objects as any S3 store tells them: what is written by one can be read into another. */
export function openBucket(endpoint: string, root: StoreKey) {
  const ask = storeClient(root)
  const urlOf = (key: string) => `${endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  return {
    /** All keys, in the store's order. */
    async list(): Promise<string[]> {
      const keys: string[] = []
      let token = ''
      do {
        const query = new URLSearchParams({ 'list-type': '2', ...(token && { 'continuation-token': token }) })
        const page = await (await ask(`${endpoint}/${bucket}?${query}`)).text()
        keys.push(...[...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescapeXml(key)))
        token = unescapeXml(/<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? '')
      } while (token)
      return keys
    },
    async get(key: string, file: string): Promise<DumpedObject> {
      const reply = await openObject(urlOf(key), root)
      if (reply.statusCode !== 200) throw new Error(`object store: GET ${key}: ${reply.statusCode}`)
      await pipeline(reply, createWriteStream(file, { mode: 0o600 }))
      const sha256 = await hashOfFile(file)
      return { key, sizeBytes: Number(reply.headers['content-length']), sha256, mediaType: reply.headers['content-type'] ?? '' }
    },
    /** The store refuses bytes that are not those the dump tells of. */
    async put({ key, sha256, mediaType }: DumpedObject, file: string): Promise<void> {
      const headers = { 'content-type': mediaType, 'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'), 'x-amz-sdk-checksum-algorithm': 'SHA256' }
      await ask(urlOf(key), { method: 'PUT', headers, body: await openAsBlob(file) })
    },
  }
}

const unescapeXml = (text: string) => text.replace(/&(amp|lt|gt|quot|#34|#39);/g, (_all, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" })[name] ?? '')

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
