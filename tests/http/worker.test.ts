import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, describe, test } from 'node:test'
import { bearer, call, signIn, type Answer } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

interface Grant { file_id: string, url: string, headers: Record<string, string> }
interface File { status: string, problem: string | null }

describe('an upload', { timeout: 60_000 }, () => {
  let arno: string
  let experiment: { id: string, lab_id: string }
  before(async () => {
    arno = (await signIn('arno')).access_token
    experiment = (await call<typeof experiment[]>('rest/experiments?limit=1', { headers: bearer(arno) })).body[0]!
  })

  test('is verified by the worker, and then reads back as it was', async () => {
    const bytes = randomBytes(3_000_000)
    const grant = await grantUpload(bytes)
    assert.equal((await put(grant, bytes)).status, 200)
    assert.equal((await rpc<{ code: string }>('open_file', { file_id: grant.file_id })).body.code, 'PL021', 'not yet')
    assert.deepEqual(await commit(grant), { status: 'verified', problem: null })
    const { body: { url } } = await rpc<{ url: string }>('open_file', { file_id: grant.file_id })
    assert.ok(bytes.equals(Buffer.from(await (await fetch(url)).arrayBuffer())))
  })

  test('of other bytes is refused by the store', async () => {
    const bytes = randomBytes(1_000)
    const { status } = await put(await grantUpload(bytes), randomBytes(1_000))
    assert.ok(status >= 400 && status < 500, String(status))
  })

  test('whose bytes changed in the store is rejected, and says how', async () => {
    const bytes = randomBytes(1_000)
    const grant = await grantUpload(bytes)
    assert.equal((await put(grant, bytes)).status, 200)
    const object = decodeURIComponent(new URL(grant.url).pathname)
    writeFileSync(join(stack.dataDir, 'objects', object), randomBytes(1_000))
    const { status, problem } = await commit(grant)
    assert.equal(status, 'rejected')
    assert.match(problem!, /expected SHA-256 [0-9a-f]{64}, the bytes have [0-9a-f]{64}/)
    assert.equal((await rpc<{ code: string }>('open_file', { file_id: grant.file_id })).body.code, 'PL021')
  })

  test('that never arrived is rejected', async () => {
    const { status, problem } = await commit(await grantUpload(randomBytes(10)))
    assert.equal(status, 'rejected')
    assert.match(problem!, /no such object/)
  })

  test('does not exist for a stranger', async () => {
    const bytes = randomBytes(10)
    const grant = await grantUpload(bytes)
    await put(grant, bytes)
    assert.equal((await commit(grant)).status, 'verified')
    const { access_token: sten } = await signIn('sten')
    assert.equal((await rpc<{ code: string }>('open_file', { file_id: grant.file_id }, sten)).body.code, 'PL004')
    assert.deepEqual((await call(`rest/files?id=eq.${grant.file_id}`, { headers: bearer(sten) })).body, [])
  })

  const rpc = <Body>(name: string, args: object, token = arno): Promise<Answer<Body>> => call(`rest/rpc/${name}`, {
    method: 'POST', headers: { ...bearer(token), 'content-type': 'application/json' }, body: JSON.stringify(args),
  })

  const grantUpload = async (bytes: Buffer): Promise<Grant> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { status, body } = await rpc<Grant>('grant_upload',
      { name: `O'Brien "🧪" <script>.bin`, media_type: 'application/octet-stream', size_bytes: bytes.length, sha256, experiment_id: experiment.id })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

  const put = ({ url, headers }: Grant, bytes: Buffer): Promise<Response> =>
    fetch(url, { method: 'PUT', headers, body: new Blob([new Uint8Array(bytes)]) })

  /** Commits the upload and waits for the worker's verdict. */
  const commit = async ({ file_id: id }: Grant): Promise<File> => {
    assert.equal((await rpc('commit_upload', { file_id: id })).status, 200)
    for (;;) {
      const { body: [file] } = await call<File[]>(`rest/files?id=eq.${id}&select=status,problem`, { headers: bearer(arno) })
      if (file!.status !== 'stored') return file!
      await sleep(100)
    }
  }
})

test('the worker says that it is well and that its sequencer leads', async () => {
  const { status, body } = await call('healthz', {}, stack.urls.worker)
  assert.deepEqual([status, body], [200, { ok: true, sequencer: 'leads' }])
})
