import { connectTo, fakeWire } from './fake-lab.ts'
import { toArrowPage, toRestPath } from '../src/tables/plan.ts'

const { fetch, sent } = fakeWire(({ method, url }) => method === 'HEAD'
  ? new Response(null, { headers: { 'content-range': '0-22/23' } })
  : Response.json(url.searchParams.get('limit') === '1' ? [{ id: 'm1' }] : []))
const lab = await connectTo(fetch)
const all = lab.measurements

test('a query is data until it is asked for', () => {
  const query = all.where({ measurand: 'rate', value: { gt: 5, lte: 9 }, well: null, series: ['a', 'b'] }).select('sample', 'value').limit(7)
  expect(query.plan()).toEqual({
    relation: 'measurements',
    columns: ['sample', 'value'],
    filters: [['measurand', 'eq', 'rate'], ['value', 'gt', 5], ['value', 'lte', 9], ['well', 'is', null], ['series', 'in', ['a', 'b']]],
    order: [],
    limit: 7,
  })
  expect(all.plan().filters).toEqual([])
  expect(String(query)).toBe('measurements: sample, value\n  where measurand eq "rate" and value gt 5 and value lte 9 and well is null and series in ["a","b"]\n  at most 7')
})

test('quotes, commas and backslashes of a value stay inside it', () => {
  const { filters } = all.where({ sample: ['a"b', 'c,d', 'e\\f', '{g}'] }).plan()
  const plan = { relation: 'measurements', columns: ['value'], filters, order: [] }
  expect(new URLSearchParams(toRestPath(plan).split('?')[1]).get('sample')).toBe('in.("a\\"b","c,d","e\\\\f","{g}")')
  expect(toArrowPage(plan, 'id', { after: 'x', until: 'z', most: 10 })).toMatchObject({
    columns: ['value'], filters: [['sample', 'in', '{"a\\"b","c,d","e\\\\f","{g}"}'], ['id', 'lte', 'z']], order_by: ['id'], after: ['x'], most: 10,
  })
})

test('the server sorts, ties are broken by the key', async () => {
  await all.order('value', 'desc').select('id').rows()
  expect(sent.at(-1)!.url.search).toBe('?select=id&order=value.desc%2Cid.asc')
})

test('the first row is one row', async () => {
  expect(await all.select('id').first()).toEqual({ id: 'm1' })
  expect(sent.at(-1)!.url.searchParams.get('limit')).toBe('1')
})

test('rows are counted by the server, without fetching them', async () => {
  expect(await all.count()).toBe(23)
  expect(sent.at(-1)).toMatchObject({ method: 'HEAD' })
  expect(await all.limit(5).count()).toBe(5)
})

test('more rows than the server gives at once are an error, not a short list', async () => {
  const cut = fakeWire(() => Response.json(Array(100_000).fill({})))
  const lab = await connectTo(cut.fetch)
  await expect(lab.samples.rows()).rejects.toMatchObject({ code: 'too_many_rows' })
  await expect(lab.samples.limit(100_001).rows()).rejects.toMatchObject({ code: 'too_many_rows' })
})

test('untyped code that names an unknown column or operator is told the known ones', () => {
  const untyped = all as unknown as { where(conditions: object): void, select(column: string): void }
  expect(() => untyped.select('vlaue')).toThrow('There is no column "vlaue".')
  expect(() => untyped.where({ value: { above: 5 } })).toThrow('There is no operator "above".')
})
