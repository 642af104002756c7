import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { bearer, call } from './people.ts'
import { editSample, placeOfSamples, readSample, registerSample, rest, tokenOf, type Refused, type Sample } from './rest.ts'
import { readStack } from './stack.ts'

const stack = readStack()
let dina: string
before(async () => {
  dina = await tokenOf('dina')
})

describe('a name comes back as it was written', () => {
  const names: Record<string, string> = {
    quotes: `O'Brien's "best" ''; drop table samples; --`,
    emoji: '🧪 family 👩‍👩‍👧‍👦 flag 🇪🇺',
    markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
    'right to left': 'عينة ١ \u202e evil',
    'combining marks': 'e\u0301 is not \u00e9',
    'backslashes and line ends': 'a\\nb\r\n\tc',
    'what JSON, CSV and URLs would rather not': '{"a":[1,2]},"b";%27&c=d#e?f',
    'ten thousand letters': 'ä'.repeat(10_000),
  }
  for (const [what, name] of Object.entries(names)) {
    test(what, async () => {
      const { id } = await registerSample(dina, { name })
      assert.equal((await readSample(dina, id)).name, name)
      const { body } = await rest<Sample[]>(dina, `samples?id=eq.${id}&name=eq.${encodeURIComponent(name.slice(0, 1000))}`)
      assert.equal(body.length, name.length > 1000 ? 0 : 1, 'and is found by it')
    })
  }

  test('but none with a NUL, which PostgreSQL cannot keep', async () => {
    const { status } = await editSample(dina, (await registerSample(dina)).id, { name: 'a\u0000b', version: 1 })
    assert.equal(status, 400)
  })
})

test('of several rows registered at once, each takes the defaults of what it leaves out', async () => {
  const columns = 'lab_id,project_id,name,sample_type,description'
  const place = await placeOfSamples(dina)
  const rows = [{ ...place, name: 'A', sample_type: 'plasma' }, { ...place, name: 'B', sample_type: 'plasma', description: 'told' }]
  const headers = { ...bearer(dina), 'content-type': 'application/json', prefer: 'return=representation, missing=default' }
  const { status, body } = await call<Sample[]>(`samples?columns=${columns}`, { method: 'POST', headers, body: JSON.stringify(rows) }, stack.urls.rest)
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(body.map(({ name, description }) => [name, description]), [['A', ''], ['B', 'told']])
})

describe('a number', () => {
  const registerAmount = async (fields: object) =>
    rest<Refused>(dina, 'samples', 'POST', { ...await placeOfSamples(dina), name: 'No amount', sample_type: 'test', amount_unit: 'uL', ...fields })

  for (const amount of [0, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 9007199254740993, 1e21]) {
    test(`${amount} comes back with every bit`, async () => {
      const { id } = await registerSample(dina, { amount, amount_unit: 'uL' })
      assert.ok(Object.is((await readSample(dina, id)).amount, amount))
    })
  }

  for (const amount of ['NaN', 'Infinity', '-Infinity', -1]) {
    test(`${amount} is no amount`, async () => {
      const { status, body } = await registerAmount({ amount })
      assert.deepEqual([status, body.code], [400, '23514'])
    })
  }

  test('that is no number is refused', async () => {
    const { status, body } = await registerAmount({ amount: 'much' })
    assert.deepEqual([status, body.code], [400, '22P02'])
  })

  test('beyond 2^53 is exact on the wire; JSON.parse is what loses it', async () => {
    const rows = '9007199254740993'
    const wire = await registerCounted(rows)
    assert.match(wire, new RegExp(`"row_count": ?${rows}\\b`))
    assert.equal(String((JSON.parse(wire) as { row_count: number }[])[0]!.row_count), '9007199254740992')
  })

  test('of a result that is NaN is refused', async () => {
    const { status, body } = await register({ values: [{ measurand: 'Vm', value: 'NaN', unit: '{counts}/min2' }] })
    assert.deepEqual([status, body.code], [400, '23514'])
  })
})

describe('a request that makes no sense is refused in words', () => {
  const requests: [string, string, number, string][] = [
    ['an unknown column', 'samples?nonsense=eq.1', 400, '42703'],
    ['an unknown view', 'nonsense', 404, ''],
    ['an id that is none', 'samples?id=eq.nonsense', 400, '22P02'],
    ['an unknown operator', 'samples?name=almost.x', 400, 'PGRST100'],
    ['a function that is not there', 'rpc/nonsense', 404, 'PGRST202'],
    ['a table behind the API', 'people?select=lab.people(*)', 400, ''],
  ]
  for (const [what, path, status, code] of requests) {
    test(what, async () => {
      const answer = await rest<Refused>(dina, path)
      assert.equal(answer.status, status, JSON.stringify(answer.body))
      // Two codes moved between PostgREST 12 and 14; what is pinned is that there is one.
      assert.ok(code === '' ? answer.body.code : answer.body.code === code, answer.body.code)
      assert.ok(answer.body.message)
    })
  }

  test('another schema', async () => {
    const response = await fetch(`${stack.urls.rest}/samples`, { headers: { ...bearer(dina), 'accept-profile': 'lab' } })
    assert.deepEqual([response.status, (await response.json() as Refused).code], [406, 'PGRST106'])
  })
})

/** The text of the answer, before any JSON parser has seen it. */
async function registerCounted(rows: string): Promise<string> {
  const { status, body } = await register({ inputs: `[{"query": {}, "row_count": ${rows}, "sha256": "${'0'.repeat(64)}", "position": 1}]` })
  assert.equal(status, 200, JSON.stringify(body))
  const { analysis_id } = body as unknown as { analysis_id: string }
  const response = await fetch(`${stack.urls.rest}/analysis_inputs?analysis_id=eq.${analysis_id}`, { headers: bearer(dina) })
  return response.text()
}

async function register({ values = [], inputs = '[]' }: { values?: unknown[], inputs?: string }) {
  const { body: [experiment] } = await rest<{ id: string }[]>(dina, 'experiments?name=eq.Puromycin')
  const now = new Date().toISOString()
  const analysis = JSON.stringify({
    key: randomUUID(), experiment_id: experiment!.id, title: 'Values', notebook: 'values.ipynb', source_sha256: '0'.repeat(64),
    environment: {}, started_at: now, finished_at: now, results: [{ name: 'Vm', values }],
  })
  // Put together as text: a JavaScript number could not carry the count.
  const response = await fetch(`${stack.urls.rest}/rpc/register_analysis`, {
    method: 'POST',
    headers: { ...bearer(dina), 'content-type': 'application/json' },
    body: `{"analysis": ${analysis.slice(0, -1)}, "inputs": ${inputs}}}`,
  })
  return { status: response.status, body: await response.json() as Refused }
}
