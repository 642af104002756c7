/** Files go straight to the real object store, through URLs that only the database signs; nothing is readable before its bytes were seen. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { Client } from 'pg'
import { bearer, call, signIn, type Answer } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

interface Grant { file_id: string, url: string, method: string, headers: Record<string, string> }
interface File { file_id: string, status: string, problem?: string }
interface Opened { url: string, name: string, media_type: string, size_bytes: number, sha256: string, expires_at: string }
interface Refused { code: string, message: string, details: string | null, hint: string }

let tokens: Record<'dina' | 'rhea' | 'sten', string>
let experiment: string

before(async () => {
  const [dina, rhea, sten] = await Promise.all([signIn('dina'), signIn('rhea'), signIn('sten')])
  tokens = { dina: dina.access_token, rhea: rhea.access_token, sten: sten.access_token }
  const { body: [found] } = await call<{ id: string }[]>('experiments?name=eq.Puromycin&select=id', { headers: bearer(tokens.dina) }, stack.urls.rest)
  experiment = found!.id
})

describe('an upload', () => {
  const bytes = randomBytes(100_000)
  let granted: Grant

  before(async () => {
    granted = await grant(bytes, { name: `it's "raw" <script> 🧪.bin`, media_type: 'application/octet-stream' })
    assert.equal((await put(granted, bytes)).status, 200)
    assert.equal((await commit(granted.file_id)).status, 'stored')
  })

  test('is verified by the worker, then read back by who sees the experiment', async () => {
    assert.deepEqual(await verdict(granted.file_id), { status: 'verified', problem: null })
    const file = await open(granted.file_id, tokens.rhea)
    assert.deepEqual([file.name, file.media_type, file.size_bytes, file.sha256],
      [`it's "raw" <script> 🧪.bin`, 'application/octet-stream', bytes.length, sha256(bytes, 'hex')])
    assert.ok(Date.parse(file.expires_at) - Date.now() <= 60_000)
    assert.deepEqual(Buffer.from(await (await fetch(file.url)).arrayBuffer()), bytes)
  })

  test('is read in ranges', async () => {
    await verdict(granted.file_id)
    const response = await fetch((await open(granted.file_id)).url, { headers: { range: 'bytes=500-599' } })
    assert.deepEqual([response.status, response.headers.get('content-range')], [206, 'bytes 500-599/100000'])
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes.subarray(500, 600))
  })

  test('is written once: the same URL writes nothing more', async () => {
    assert.equal((await put(granted, bytes)).status, 412)
  })

  test('does not exist for a stranger, who knows its id', async () => {
    for (const act of ['open_file', 'commit_upload']) {
      const { status, body } = await ask<Refused>(act, { file_id: granted.file_id }, tokens.sten)
      assert.deepEqual([status, body.code], [404, 'PL004'], act)
    }
    const { status, body } = await ask<Refused>('grant_upload', request(bytes), tokens.sten)
    assert.deepEqual([status, body.code], [404, 'PL004'], 'nor does the experiment')
    const { body: rows } = await call<unknown[]>(`files?id=eq.${granted.file_id}`, { headers: bearer(tokens.sten) }, stack.urls.rest)
    assert.deepEqual(rows, [])
  })

  test('is refused to who only reads, and to nobody', async () => {
    const { status, body } = await ask<Refused>('grant_upload', request(bytes), tokens.rhea)
    assert.deepEqual([status, body.code], [403, 'PL003'])
    assert.equal((await ask('grant_upload', request(bytes), null)).status, 401)
  })

  test('of nothing at all is a file too', async () => {
    const empty = await grant(Buffer.alloc(0))
    assert.equal((await put(empty, Buffer.alloc(0))).status, 200)
    await commit(empty.file_id)
    assert.equal((await verdict(empty.file_id)).status, 'verified')
  })
})

describe('the store refuses', () => {
  const bytes = Buffer.from('the bytes that were promised')
  let granted: Grant
  before(async () => { granted = await grant(bytes) })

  test('other bytes of the same length', async () => {
    const response = await put(granted, Buffer.from('the bytes that were replaced'))
    assert.equal(response.status, 400)
    assert.match(await response.text(), /BadDigest/)
  })

  test('another length', async () => {
    assert.equal((await put(granted, Buffer.concat([bytes, bytes]))).status, 403)
  })

  test('another hash than the signed one, even if the bytes have it', async () => {
    const other = Buffer.from('the bytes that were replaced')
    const headers = { ...granted.headers, 'x-amz-checksum-sha256': sha256(other, 'base64') }
    assert.equal((await put({ ...granted, headers }, other)).status, 403)
  })

  test('a write that may overwrite', async () => {
    const { 'if-none-match': _, ...headers } = granted.headers
    assert.equal((await put({ ...granted, headers }, bytes)).status, 403)
  })

  test('whoever has no signature, or one for something else', async () => {
    const bare = granted.url.split('?')[0]!
    assert.equal((await fetch(bare)).status, 403)
    assert.equal((await fetch(bare, { method: 'PUT', body: bytes })).status, 403)
    assert.equal((await fetch(granted.url)).status, 403, 'a URL to write does not read')
    assert.equal((await fetch(granted.url, { method: 'DELETE' })).status, 403, 'nor delete')
    assert.equal((await put({ ...granted, url: granted.url.replace(granted.file_id, experiment) }, bytes)).status, 403, 'nor write elsewhere')
    assert.equal((await put({ ...granted, url: granted.url.replace('Expires=900', 'Expires=90000') }, bytes)).status, 403, 'nor live longer')
  })

  test('a URL that has expired', async () => {
    const [fresh, old] = await Promise.all([signedAt('0 seconds'), signedAt('-61 seconds')])
    assert.equal((await fetch(fresh)).status, 404, 'a fresh one finds no object')
    assert.equal((await fetch(old)).status, 403)
  })

  async function signedAt(offset: string): Promise<string> {
    const { rows } = await asMigrator(async law => {
      await law.query('set role law')
      return law.query<{ url: string }>(
        `select private.presign_url(s, 'GET', '/petri/' || f.lab_id || '/nothing', '{}', 60, now() + $2::interval) as url
         from private.object_store s, lab.files f where f.id = $1`, [granted.file_id, offset])
    })
    return rows[0]!.url
  }

  test('and the right bytes still come through', async () => {
    assert.equal((await put(granted, bytes)).status, 200)
  })
})

describe('nothing is readable before the worker saw its bytes', () => {
  const bytes = Buffer.from('what was promised')

  test('not a granted file, nor one that never arrived', async () => {
    const { file_id } = await grant(bytes)
    await refusesToOpen(file_id, 'granted')
    await commit(file_id)
    assert.deepEqual(await verdict(file_id), { status: 'rejected', problem: 'the store has no such object: upload it again' })
    await refusesToOpen(file_id, 'rejected')
  })

  test('an object whose bytes do not match is rejected, and stays with its problem', async () => {
    const granted = await grant(bytes)
    const forged = Buffer.from('what was smuggled')
    assert.equal(forged.length, bytes.length)
    const response = await storeKeeper().fetch(granted.url.split('?')[0]!, { method: 'PUT', body: forged })
    assert.equal(response.status, 200, 'whoever holds the key of the store can write anything')
    await commit(granted.file_id)
    const { status, problem } = await verdict(granted.file_id)
    assert.equal(status, 'rejected')
    assert.match(problem ?? '', new RegExp(`expected SHA-256 ${sha256(bytes, 'hex')}, the bytes have ${sha256(forged, 'hex')}`))
    await refusesToOpen(granted.file_id, 'rejected')
    assert.equal((await commit(granted.file_id)).status, 'rejected', 'and committing again changes nothing')
  })

  async function refusesToOpen(fileId: string, status: string): Promise<void> {
    const { status: http, body } = await ask<Refused>('open_file', { file_id: fileId })
    assert.deepEqual([http, body.code], [409, 'PL021'])
    assert.match(body.message, new RegExp(`is ${status}`))
    assert.doesNotMatch(JSON.stringify(body), /X-Amz|http/, 'no URL in a refusal')
  }
})

const storeKeeper = (): AwsClient =>
  new AwsClient({ accessKeyId: stack.store.user.accessKey, secretAccessKey: stack.store.user.secretKey, service: 's3', region: stack.store.region, retries: 0 })

const sha256 = (bytes: Buffer, encoding: 'hex' | 'base64'): string => createHash('sha256').update(bytes).digest(encoding)

const request = (bytes: Buffer, facts: { name?: string, media_type?: string } = {}): object =>
  ({ name: 'plain.txt', media_type: 'text/plain', ...facts, size_bytes: bytes.length, sha256: sha256(bytes, 'hex'), experiment_id: experiment })

const ask = <Body>(name: string, body: object, token: string | null = tokens.dina): Promise<Answer<Body>> =>
  call<Body>(`rpc/${name}`, { method: 'POST', headers: { ...(token === null ? {} : bearer(token)), 'content-type': 'application/json' }, body: JSON.stringify(body) }, stack.urls.rest)

async function done<Body>(asked: Promise<Answer<Body>>): Promise<Body> {
  const { status, body } = await asked
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const grant = (bytes: Buffer, facts = {}): Promise<Grant> => done(ask<Grant>('grant_upload', request(bytes, facts)))
const commit = (fileId: string): Promise<File> => done(ask<File>('commit_upload', { file_id: fileId }))
const open = (fileId: string, token?: string): Promise<Opened> => done(ask<Opened>('open_file', { file_id: fileId }, token))

// content-length is of the body: fetch sets it, and lets nobody else do so.
function put({ url, headers: { 'content-length': _, ...headers } }: Grant, body: Buffer): Promise<Response> {
  return fetch(url, { method: 'PUT', headers, body })
}

async function verdict(fileId: string): Promise<{ status: string, problem: string | null }> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
    const { body: [file] } = await call<{ status: string, problem: string | null }[]>(
      `files?id=eq.${fileId}&select=status,problem`, { headers: bearer(tokens.dina) }, stack.urls.rest)
    if (file!.status !== 'stored') return file!
  }
  throw new Error(`file ${fileId} waits for its verdict for 20 s`)
}

async function asMigrator<T>(act: (law: Client) => Promise<T>): Promise<T> {
  const law = new Client({ connectionString: stack.databases.migrator })
  await law.connect()
  try {
    return await act(law)
  } finally {
    await law.end()
  }
}
