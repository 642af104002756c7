import { connectTo, fakeWire, refuse } from './fake-lab.ts'

const { fetch, sent } = fakeWire(({ method, body }) => Response.json(method === 'PATCH' && body.includes('nobody') ? [] : [{ id: 's1', version: 2 }]))
const lab = await connectTo(fetch)
const required = { project_id: 'p1', sample_type: 'plasma' }

test('rows are registered in one request, in the own lab, with the defaults of what they leave out', async () => {
  await lab.samples.insert([{ ...required, name: 'A' }, { ...required, name: 'B "quoted" 🧪', amount: 5, amount_unit: 'mL' }])
  const { method, url, headers, body } = sent.at(-1)!
  expect(method).toBe('POST')
  expect(url.searchParams.get('columns')).toBe('"lab_id","project_id","sample_type","name","amount","amount_unit"')
  expect(headers.get('prefer')).toBe('return=representation, missing=default')
  expect(JSON.parse(body)).toEqual([
    { lab_id: 'l1', ...required, name: 'A' },
    { lab_id: 'l1', ...required, name: 'B "quoted" 🧪', amount: 5, amount_unit: 'mL' },
  ])
})

test('no rows are no request', async () => {
  const before = sent.length
  expect(await lab.samples.insert([])).toEqual([])
  expect(sent.length).toBe(before)
})

test('an edit names the version it saw', async () => {
  expect(await lab.samples.edit({ id: 's1', version: 1 }, { name: 'C' })).toEqual({ id: 's1', version: 2 })
  expect(sent.at(-1)).toMatchObject({ method: 'PATCH', body: '{"name":"C","version":1}' })
  expect(sent.at(-1)!.url.searchParams.get('id')).toBe('eq.s1')
})

test('an edit that reaches no row is an error', async () => {
  await expect(lab.samples.edit({ id: 's1', version: 1 }, { name: 'nobody' })).rejects.toMatchObject({ code: 'not_editable' })
})

test('a conflict is the lab\'s own refusal', async () => {
  const other = await connectTo(fakeWire(() => refuse(409, 'PL005', 'Someone else changed the same field: name.')).fetch)
  await expect(other.samples.edit({ id: 's1', version: 1 }, { name: 'D' })).rejects.toMatchObject({ code: 'PL005', status: 409 })
})
