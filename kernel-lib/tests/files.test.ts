import { DateDay, Field, Float64, Int64, Schema, Table, TimestampMicrosecond, Utf8, vectorFromArray } from 'apache-arrow'
import { inspect } from 'node:util'
import { sha256 } from '../src/bytes.ts'
import { readParquet, writeParquet } from '../src/files/parquet.ts'
import { connectTo, fakeWire } from './fake-lab.ts'

const bytes = Uint8Array.from({ length: 20_000_000 }, (_, i) => i * 7919 >> 8)
const hash = await sha256(bytes)
const SIGNATURE = 'X-Amz-Signature=secret'
const experiment = { id: 'e1' }

interface Store {
  stored?: Uint8Array
  lifetimeMs?: number
  statuses?: string[]
  sha256?: string
  drop?: number
}

/** A lab with one file of 20 MB in a store that speaks HTTP ranges. */
function wire({ stored = bytes, lifetimeMs = 60_000, statuses = ['verified'], sha256 = hash, drop = 0 }: Store = {}) {
  return fakeWire(({ method, url, headers }) => {
    const called = url.pathname.split('/').at(-1)!
    if (called === 'open_file') return opened(lifetimeMs, stored.length, sha256)
    if (called === 'grant_upload') return Response.json({ file_id: 'f1', url: `http://127.0.0.1:2/petri/f1?${SIGNATURE}`, method: 'PUT', headers: { host: '127.0.0.1:2', 'x-amz-checksum-sha256': 'abc' } })
    if (called === 'commit_upload') return Response.json({ file_id: 'f1', status: 'stored' })
    if (called === 'files') return Response.json(url.searchParams.has('name') ? [] : [{ status: statuses.length > 1 ? statuses.shift() : statuses[0], problem: 'its checksum differs' }])
    if (method === 'PUT') return new Response()
    if (drop-- > 0) return new Response(null, { status: 503 })
    const [start, end] = /bytes=(\d+)-(\d+)/.exec(headers.get('range')!)!.slice(1).map(Number) as [number, number]
    return new Response(stored.slice(start, end + 1), { status: 206 })
  })
}

function opened(lifetimeMs: number, size: number, sha256: string): Response {
  return Response.json({
    file_id: 'f1', name: 'trace.bin', media_type: 'application/octet-stream', size_bytes: size, sha256,
    url: `http://127.0.0.1:2/petri/f1?${SIGNATURE}`, expires_at: new Date(Date.now() + lifetimeMs).toISOString(),
  })
}

const asked = (sent: { url: URL }[], name: string) => sent.filter(({ url }) => url.pathname.endsWith(name)).length

test('a file is read in ranges, whole or in chunks, and checked', async () => {
  const { fetch, sent } = wire()
  const file = await (await connectTo(fetch)).files.open('f1')
  expect(await sha256(await file.bytes())).toBe(hash)
  let length = 0
  for await (const chunk of file.stream()) length += chunk.length
  expect(length).toBe(bytes.length)
  expect(sent.filter(({ headers }) => headers.has('range')).slice(0, 3).map(({ headers }) => headers.get('range')))
    .toEqual(['bytes=0-8388607', 'bytes=8388608-16777215', 'bytes=16777216-19999999'])
})

test('an address that is about to expire is signed anew as the read goes on', async () => {
  const { fetch, sent } = wire({ lifetimeMs: 1_000 })
  await (await (await connectTo(fetch)).files.open('f1')).bytes()
  expect(asked(sent, 'open_file')).toBe(4)
})

test('a store that stumbles is asked again; one that stays down is named, without the signature', async () => {
  expect((await (await (await connectTo(wire({ drop: 2 }).fetch)).files.open('f1')).bytes()).length).toBe(bytes.length)
  const file = await (await connectTo(wire({ drop: 9 }).fetch)).files.open('f1')
  const error = await file.bytes().catch(error => error)
  expect(error).toMatchObject({ code: 'store', status: 503 })
  for (const printed of [file, error]) expect(inspect(printed, { depth: 9, showHidden: true }) + JSON.stringify(printed)).not.toContain('secret')
})

test('bytes that are not the verified ones are an error, also at the end of a stream', async () => {
  const file = await (await connectTo(wire({ sha256: '0'.repeat(64) }).fetch)).files.open('f1')
  await expect(file.bytes()).rejects.toMatchObject({ code: 'wrong_checksum' })
  const read = async () => { for await (const _ of file.stream()); }
  await expect(read()).rejects.toMatchObject({ code: 'wrong_checksum' })
})

test('an upload is granted, put with the signed headers, committed, and waited for', async () => {
  const { fetch, sent } = wire({ statuses: ['stored', 'stored', 'verified'] })
  const meta = await (await connectTo(fetch)).files.upload({ name: 'trace.bin', experiment, bytes })
  expect(meta).toEqual({ id: 'f1', name: 'trace.bin', mediaType: 'application/octet-stream', size: bytes.length, sha256: hash })
  const put = sent.find(({ method }) => method === 'PUT')!
  expect([...put.headers]).toEqual([['x-amz-checksum-sha256', 'abc']])
  expect(JSON.parse(sent.find(({ url }) => url.pathname.endsWith('grant_upload'))!.body)).toEqual({
    name: 'trace.bin', media_type: 'application/octet-stream', size_bytes: bytes.length, sha256: hash, experiment_id: 'e1',
  })
})

test('a rejected upload says why, a worker that says nothing is asked about', async () => {
  const lab = await connectTo(wire({ statuses: ['rejected'] }).fetch)
  await expect(lab.files.upload({ name: 'a', experiment, bytes })).rejects.toThrow('File "a" was rejected: its checksum differs.')
  const silent = await connectTo(wire({ statuses: ['stored'] }).fetch)
  await expect(silent.files.upload({ name: 'a', experiment, bytes }, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'not_verified', hint: expect.stringContaining('Is the worker running?') })
})

test('a table survives Parquet: nulls, text, 64-bit integers, microseconds, days and units', async () => {
  const columns = {
    text: vectorFromArray(['a', null, '<b>\u{1F9EB}'], new Utf8()),
    value: vectorFromArray([1.5, null, -0], new Float64()),
    count: vectorFromArray([2n ** 62n, null, -1n], new Int64()),
    at: vectorFromArray([1_795_474_690_163.5, null, -1], new TimestampMicrosecond('UTC')),
    day: vectorFromArray([new Date('1969-12-31'), null, new Date('2026-01-02')], new DateDay()),
  }
  const fields = Object.entries(columns).map(([name, { type }]) => new Field(name, type, true, new Map(name === 'value' ? [['unit', 'mg/L']] : [])))
  const table = new Table(new Schema(fields), columns)
  const back = await readParquet(writeParquet(table))
  expect(back.schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual(table.schema.fields.map(({ name, type }) => `${name}: ${type}`))
  for (const name of table.schema.names) expect([...back.getChild(name)!]).toEqual([...table.getChild(name)!])
  expect(back.schema.fields[1]!.metadata.get('unit')).toBe('mg/L')
})
