import { Table, tableToIPC, Utf8, vectorFromArray, type Vector } from 'apache-arrow'
import { tableOf } from '../src/arrow/table-of.ts'
import { hashPages, recallServed } from '../src/analysis/served.ts'
import { connectTo, fakeWire, type Sent } from './fake-lab.ts'

const PAGE = 25_000
const ids = Array.from({ length: 60_000 }, (_, i) => `00000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`)

interface PageRequest {
  after: string[] | null
  most: number
  filters: [string, string, string][]
}

function page(rows: string[], value: Vector = vectorFromArray(Float64Array.from(rows.keys()))): Response {
  const table = new Table({ value, id: vectorFromArray(rows, new Utf8()) })
  return new Response(tableToIPC(table, 'stream') as Uint8Array<ArrayBuffer>, { headers: { 'x-petri-position': '41' } })
}

function pageOf({ after, most, filters }: PageRequest): Response {
  const until = filters.find(([, operator]) => operator === 'lte')?.[2] ?? '~'
  return page(ids.filter(id => id > (after?.[0] ?? '') && id <= until).slice(0, most))
}

const isPage = ({ url }: Sent) => url.pathname.endsWith('/rpc/arrow_page')

/** Where the asked page ends, as PostgREST finds it. */
function endOf({ url: { searchParams } }: Sent): Response {
  const after = searchParams.get('id')?.replace('gt.', '') ?? ''
  const end = ids.filter(id => id > after)[Number(searchParams.get('offset'))]
  return Response.json(end ? [{ id: end }] : [])
}

/** A lab with 60,000 measurements. */
function wire(answer = pageOf) {
  return fakeWire(sent => isPage(sent) ? answer(JSON.parse(sent.body) as PageRequest) : endOf(sent))
}

test('a table comes in pages, all rows once, in order, without a key that was not asked for', async () => {
  const { fetch, sent } = wire()
  const progress: number[] = []
  const table = await (await connectTo(fetch)).measurements.select('value').arrow({ onProgress: ({ rows }) => progress.push(rows) })
  expect(table.numRows).toBe(ids.length)
  expect(table.schema.names).toEqual(['value'])
  expect(progress.at(-1)).toBe(ids.length)
  const pages = sent.filter(isPage).map(({ body }) => JSON.parse(body) as PageRequest & { columns: string[] })
  expect(pages.map(({ after, filters }) => [after?.[0], filters[0]?.[2]])).toEqual([[undefined, ids[PAGE - 1]], [ids[PAGE - 1], ids[2 * PAGE - 1]], [ids[2 * PAGE - 1], undefined]])
  expect(pages.map(({ columns }) => columns)).toEqual(Array(3).fill(['value']))
})

test('pages are read side by side and joined in order', async () => {
  let together = 0
  let most = 0
  const { fetch } = wire()
  const slow: typeof globalThis.fetch = async (...request) => {
    const isPage = String(request[0]).endsWith('arrow_page')
    if (isPage) most = Math.max(most, ++together)
    await new Promise(wake => setTimeout(wake, isPage ? 100 - 30 * together : 0))
    if (isPage) together--
    return fetch(...request)
  }
  const table = await (await connectTo(slow)).measurements.select('id').arrow()
  expect([...table.getChild('id')!]).toEqual(ids)
  expect(most).toBe(3)
})

test('a reader that leaves early ends what is under way', async () => {
  const { fetch } = wire()
  const signals: AbortSignal[] = []
  const lab = await connectTo((url, init) => (init?.signal && signals.push(init.signal), fetch(url, init)))
  for await (const batch of lab.measurements.batches()) if (batch.numRows > 0) break
  expect(signals.every(({ aborted }) => aborted)).toBe(true)
})

test('a page that grew beyond what one answer holds is an error', async () => {
  const { fetch } = wire(() => page(ids.slice(0, 2 * PAGE)))
  await expect((await connectTo(fetch)).measurements.arrow()).rejects.toMatchObject({ code: 'cut_page' })
})

test('batches hold the same rows, and a limit holds', async () => {
  const lab = await connectTo(wire().fetch)
  const read: string[] = []
  for await (const batch of lab.measurements.select('id').limit(30_000).batches()) read.push(...batch.getChild('id')!.toArray() as unknown as string[])
  expect(read).toEqual(ids.slice(0, 30_000))
})

test('what was served stays known with the table: query, rows, position and hash', async () => {
  const lab = await connectTo(wire().fetch)
  const query = lab.measurements.select('value')
  const [first, second] = [recallServed(await query.arrow())!, recallServed(await query.arrow())!]
  expect(first).toMatchObject({ plan: query.plan(), rowCount: ids.length })
  expect(first.pages.map(({ position }) => position)).toEqual(Array(first.pages.length).fill(41))
  expect(await hashPages(first.pages)).toBe(await hashPages(second.pages))
})

test('the hash is one of rows: where the log stands does not change it', async () => {
  const at = (position: string, value: number) => {
    const table = new Table({ value: vectorFromArray(Float64Array.of(value)) })
    table.schema.metadata.set('position', position)
    return hashPages([{ bytes: tableToIPC(table, 'stream'), position: Number(position) }])
  }
  expect(await at('1', 5)).toBe(await at('12345678', 5))
  expect(await at('1', 5)).not.toBe(await at('1', 6))
})

test('half a page is an error and never a short table', async () => {
  const { fetch } = wire(request => new Response((pageOf(request).body!).pipeThrough(new TransformStream({
    transform: (chunk: Uint8Array, out) => out.enqueue(chunk.subarray(0, chunk.length - 8)),
  }))))
  await expect((await connectTo(fetch)).measurements.arrow()).rejects.toMatchObject({ code: 'cut_stream' })
})

test('a schema that changes between two pages is an error', async () => {
  const { fetch } = wire(request => request.after ? page(ids.slice(PAGE, PAGE + 1), vectorFromArray(['text'], new Utf8())) : pageOf(request))
  await expect((await connectTo(fetch)).measurements.select('value').arrow()).rejects.toMatchObject({ code: 'changed_schema' })
})

test('an abort ends the read', async () => {
  const abort = new AbortController()
  const { fetch, sent } = wire(request => (abort.abort(), pageOf(request)))
  await expect((await connectTo(fetch)).measurements.arrow({ signal: abort.signal })).rejects.toThrow('aborted')
  expect(sent.filter(isPage)).toHaveLength(1)
})

test('a sorted table is asked for through the view, with its columns in a header', async () => {
  const { fetch, sent } = fakeWire(() => page(ids.slice(0, 3)))
  const table = await (await connectTo(fetch)).measurements.select('value').order('value', 'desc').limit(3).arrow()
  expect(table).toBeInstanceOf(Table)
  expect(sent.at(-1)!.headers.get('x-petri-columns')).toBe('value')
  expect(sent.at(-1)!.url.search).toBe('?select=*&order=value.desc&limit=3')
})

test('a table is made from columns, with units; columns of different length make none', () => {
  const table = tableOf({ series: ['a', null], rate: Float64Array.of(1, 2), level: [0.5, null] }, { units: { rate: 'mg/L' } })
  expect(table.toArray().map(String)).toEqual(['{"series": "a", "rate": 1, "level": 0.5}', '{"series": null, "rate": 2, "level": null}'])
  expect(table.schema.fields.map(({ type, metadata }) => `${type} ${metadata.get('unit') ?? ''}`)).toEqual(['Utf8 ', 'Float64 mg/L', 'Float64 '])
  expect(() => tableOf({ a: [1], b: [1, 2] })).toThrow('Columns of different length make no table: a: 1, b: 2.')
})
