/** Every exposed view read as Arrow, by both doors, says the same as its JSON, cell by cell; and what cannot be answered is refused. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { DataType, tableFromIPC, type Table } from 'apache-arrow'
import { Client } from 'pg'
import { bearer, call, signIn } from './people.ts'
import { keysOf as keysOfTable } from '../../kernel-lib/src/tables/keys.ts'
import { readStack } from './stack.ts'

const stack = readStack()
const arrowStream = 'application/vnd.apache.arrow.stream'
const sampleSize = 2000

type Row = Record<string, unknown>
type Refusal = { code: string, message: string, hint: string }

let tokens: Record<'dina' | 'sten', string>
let views: string[]

before(async () => {
  const [dina, sten] = await Promise.all([signIn('dina'), signIn('sten')])
  tokens = { dina: dina.access_token, sten: sten.access_token }
  views = await asMigrator(async law => {
    const { rows } = await law.query(`select relname as name from pg_class where relnamespace = 'api_v1'::regnamespace and relkind = 'v' order by 1`)
    return rows.map(row => row.name)
  })
})

describe('Arrow says what JSON says', () => {
  test('in every view, by a GET with filters', async () => {
    assert.ok(views.length > 20)
    for (const view of views) {
      const query = `${view}?order=${keysOf(view)}&limit=${sampleSize}`
      compare(view, await arrow(query), await json(query))
    }
  })

  test('in every view that has an id, by pages', async () => {
    for (const view of views.filter(name => keysOf(name) === 'id')) {
      const pages = [await page({ relation: view, most: 700 })]
      for (let last = pages[0]!; last.numRows === 700 && pages.length < 3;) pages.push(last = await page({ relation: view, most: 700, after: [lastId(last)] }))
      const rows = await json(`${view}?order=id&limit=${700 * 3}`)
      for (const [n, one] of pages.entries()) compare(view, one, rows.slice(n * 700, n * 700 + 700))
      assert.equal(pages.reduce((sum, one) => sum + one.numRows, 0), rows.length, view)
    }
  })

  test('in a value of every kind, at its edges', () => asMigrator(async law => {
    // The API has no column of some kinds yet; the writer is asked as a person all the same.
    await law.query(`create view api_v1.every_kind with (security_invoker) as
      select n as id, n::int2 as i2, n * 1000 as i4, 9007199254740993 + n as i8, v.f8::float4 as f4, v.f8, n = 2 as flag, v.day, v.at, v.text, v.doc, v.list, v.number
      from (values
        (1, 'NaN'::float8, date '0001-01-01', timestamptz '1969-12-31 23:59:59.999999+00', '', '{"a": [1, null, "é"]}'::jsonb, array['a,b', null, '"'], 0.1000),
        (2, 'infinity', '9999-12-31', '2026-07-01 12:00:00.123456+02', 'ünï 🧪 "<script>', '[]', '{}', 12345678901234567890.5),
        (3, '-0', null, null, null, null, null, null),
        (4, '1e-30', '1970-01-01', '2200-01-01 00:00:00+00', repeat('x', 5000), '"text"', array['x'], -1)
      ) v (n, f8, day, at, text, doc, list, number)`)
    await law.query('grant select on api_v1.every_kind to member; select arrow.refresh_all()')
    await become(law, 'dina')
    const table = tableFromIPC(await only<Buffer>(law, `select arrow.write_rows(array_agg(k order by id)) from api_v1.every_kind k`))
    compare('every_kind', table, await only<Row[]>(law, `select json_agg(k order by id) from api_v1.every_kind k`))
    assert.deepEqual([...table.getChild('i8')!], [9007199254740994n, 9007199254740995n, 9007199254740996n, 9007199254740997n], 'no integer loses a digit')
    assert.deepEqual([...table.getChild('f8')!].map(String), ['NaN', 'Infinity', '0', '1e-30'])
    assert.ok(Object.is(table.getChild('f8')!.get(2), -0))
    assert.deepEqual([...table.getChild('number')!], ['0.1000', '12345678901234567890.5', null, '-1'], 'a decimal number keeps its digits')
    assert.equal(table.getChild('at')!.data[0]!.values[1], 1782900000123456n, 'a time keeps its microseconds')
  }, 'rolled back'))
})

describe('a GET', () => {
  test('takes the columns that a header names, in its order', async () => {
    const table = await arrow('measurements?order=id&limit=3', { 'x-petri-columns': 'value, id,unit' })
    assert.deepEqual(table.schema.fields.map(field => field.name), ['value', 'id', 'unit'])
  })

  test('keeps its filters', async () => {
    const filters = 'measurements?measurand=eq.rate&value=gt.100&order=id'
    const [table, rows] = [await arrow(filters), await json(filters)]
    assert.ok(rows.length > 5)
    compare('measurements', table, rows)
  })

  test('that finds nothing has its columns and no rows', async () => {
    const table = await arrow('samples?name=eq.nothing%20is%20called%20so')
    assert.equal(table.numRows, 0)
    assert.ok(table.schema.fields.length > 10)
  })

  test('that a limit would cut is refused, never short', { timeout: 60_000 }, async () => {
    const { code, message } = await refused('measurements', 413)
    assert.equal(code, 'PL022')
    assert.equal(message, `A limit of ${(await json('measurements?select=id')).length} cuts this answer.`, 'the law knows where PostgREST cuts')
  })

  test('for an unknown column names what there is', async () => {
    const { code, hint } = await refused('units', 400, { 'x-petri-columns': 'id,secret' })
    assert.equal(code, 'PL052')
    assert.match(hint, /code, name/)
  })
})

describe('a page', () => {
  test('says where in the log it stands, in the stream and as a header', async () => {
    const response = await fetch(`${stack.urls.rest}/rpc/arrow_page?relation=units&most=1`, { headers: { ...bearer(tokens.dina), accept: arrowStream } })
    const position = response.headers.get('x-petri-position')
    assert.match(position ?? '', /^\d+$/)
    assert.equal((tableFromIPC(await response.arrayBuffer()) as Table).schema.metadata.get('position'), position)
  })

  test('tells of each column what its comment says, its unit and its type', async () => {
    const table = await page({ relation: 'measurements', most: 1 })
    const metadata = (name: string): object => Object.fromEntries(table.schema.fields.find(field => field.name === name)!.metadata)
    assert.deepEqual(metadata('level'), { comment: 'What the factor was set to [in level_unit].', pg_type: 'double precision', unit_column: 'level_unit' })
    const files = await page({ relation: 'files', most: 1 })
    assert.equal(files.schema.fields.find(field => field.name === 'size_bytes')!.metadata.get('unit'), 'bytes')
  })

  test('writes vocabulary and lists as dictionaries, and knows what is never null', async () => {
    const { schema } = await page({ relation: 'measurements', most: 1 })
    const facts = (name: string): [boolean, boolean] => {
      const field = schema.fields.find(one => one.name === name)!
      return [DataType.isDictionary(field.type), field.nullable]
    }
    assert.deepEqual([facts('measurand'), facts('flag'), facts('sample'), facts('id'), facts('value')],
      [[true, false], [true, true], [true, true], [false, false], [false, true]])
  })

  const filters: [string, unknown[][]][] = [
    ['eq', [['measurand', 'eq', 'rate']]], ['neq', [['measurand', 'neq', 'signal']]], ['gte and lt', [['value', 'gte', 100], ['value', 'lt', '150']]],
    ['in a list', [['measurand', 'in', ['rate', 'no such']]]], ['in a literal', [['measurand', 'in', '{rate,signal}'], ['level', 'lte', 3]]],
    ['of many types', [['value', 'gt', '1'], ['measurand', 'eq', 'rate'], ['synthetic', 'eq', 'false'], ['level', 'gt', '0'], ['unit', 'neq', '1']]],
    ['in nothing', [['measurand', 'in', []]]], ['is null', [['factor', 'is', null]]], ['is not null', [['plate_id', 'is', 'not_null']]],
    ['is false', [['synthetic', 'is', 'false']]], ['quotes', [['sample_name', 'eq', `x') or true; drop table "lab".'samples`]]],
  ]
  for (const [name, list] of filters) {
    test(`keeps the filter ${name}`, async () => {
      const table = await page({ relation: 'measurements', filters: list, most: 5000 })
      const rows = await json(`measurements?order=id&limit=5000&${list.map(toQuery).join('&')}`)
      compare('measurements', table, rows)
      assert.equal(rows.length === 0, name === 'in nothing' || name === 'quotes')
    })
  }

  const refusals: [string, Row, string, number][] = [
    ['an unknown relation', { relation: 'people; drop table lab.people' }, 'PL051', 404],
    ['a table behind the API', { relation: 'lab.people' }, 'PL051', 404],
    ['an unknown column', { relation: 'units', columns: ['id', '(select 1)'] }, 'PL052', 400],
    ['a column twice', { relation: 'units', columns: ['id', 'id'] }, 'PL055', 400],
    ['no column', { relation: 'units', columns: [] }, 'PL055', 400],
    ['a filter on an unknown column', { relation: 'units', filters: [['1=1 or id', 'eq', 'x']] }, 'PL052', 400],
    ['an unknown operator', { relation: 'units', filters: [['code', '~', 'x']] }, 'PL053', 400],
    ['a value of another type', { relation: 'measurements', filters: [['value', 'gt', 'much']] }, 'PL054', 400],
    ['null as a value', { relation: 'measurements', filters: [['value', 'eq', null]] }, 'PL054', 400],
    ['is true of a number', { relation: 'measurements', filters: [['value', 'is', 'true']] }, 'PL054', 400],
    ['filters that are no list', { relation: 'units', filters: { code: 'x' } }, 'PL055', 400],
    ['a filter that is no triple', { relation: 'units', filters: [['code', 'eq']] }, 'PL055', 400],
    ['an order by what may be null', { relation: 'measurements', order_by: ['measured_at', 'id'] }, 'PL055', 400],
    ['an order that does not end in id', { relation: 'measurements', order_by: ['created_at'] }, 'PL055', 400],
    ['a view without an id', { relation: 'changes' }, 'PL052', 400],
    ['a position of the wrong length', { relation: 'units', after: ['x', 'y'] }, 'PL055', 400],
    ['a position that is no id', { relation: 'units', after: ["x'"] }, 'PL054', 400],
    ['more rows than a page may have', { relation: 'units', most: 100001 }, 'PL022', 413],
    ['no rows', { relation: 'units', most: 0 }, 'PL022', 413],
  ]
  for (const [name, request, code, status] of refusals) {
    test(`refuses ${name}`, async () => {
      const { code: given, message, hint } = await refusedPage(request, status)
      assert.equal(given, code, message)
      assert.doesNotMatch(`${message}${hint}`, /%s/)
    })
  }

  test('comes by GET too', async () => {
    const query = new URLSearchParams({ relation: 'measurements', filters: '[["measurand","eq","rate"]]', most: '3' })
    const table = await arrow(`rpc/arrow_page?${query}`, { 'x-petri-columns': 'id,value' })
    assert.deepEqual([table.numRows, table.numCols], [3, 2], 'PostgREST keeps the argument "columns" of a GET to itself, so the header names them')
  })

  test('follows an order of two keys over its pages', async () => {
    const request = { relation: 'samples', order_by: ['name', 'id'], most: 7 }
    const names: string[] = []
    for (let one = await page(request); one.numRows > 0;) {
      names.push(...one.getChild('name')!)
      one = await page({ ...request, after: [one.getChild('name')!.get(one.numRows - 1), lastId(one)] })
    }
    assert.deepEqual(names, (await json('samples?order=name,id&select=name')).map(row => row.name))
  })

  test('that meets an infinite time says so', () => asMigrator(async law => {
    await law.query(`update lab.measurements set measured_at = '-infinity' where id = (select id from lab.measurements limit 1)`)
    await become(law, 'dina')
    await assert.rejects(law.query(`select api_v1.arrow_page('measurements', '{measured_at}', '[["measured_at","eq","-infinity"]]')`), /PL056/)
  }, 'rolled back'))
})

describe('a vocabulary that a person sees only in part', () => {
  test('neither breaks a page nor shows more than the page holds', () => asMigrator(async law => {
    await law.query(`create policy less on lab.units as restrictive for select to member using (code = '1')`)
    await become(law, 'dina')
    const bytes = await only<Buffer>(law, `select api_v1.arrow_page('measurements', '{id,unit,level_unit}', '[["measurand","eq","rate"]]')`)
    const rows = await only<Row[]>(law, `select json_agg(m order by id) from (select id, unit, level_unit from api_v1.measurements where measurand = 'rate') m`)
    compare('measurements', tableFromIPC(bytes), rows)
  }, 'rolled back'))
})

describe('whoever may not see', () => {
  test('a stranger gets no row of another lab, by either door', async () => {
    assert.ok((await arrow('samples?limit=1')).numRows === 1, 'there is one')
    assert.equal((await arrow('samples', {}, tokens.sten)).numRows, 0)
    assert.equal((await page({ relation: 'measurements' }, tokens.sten)).numRows, 0)
    const codes = (await page({ relation: 'units' }, tokens.sten)).numRows
    assert.equal(codes, 0, 'nor a word of its vocabulary')
  })

  test('nobody gets anything', async () => {
    assert.equal((await call('units', { headers: { accept: arrowStream } }, stack.urls.rest)).status, 401)
    assert.equal((await call('rpc/arrow_page?relation=units', { headers: { accept: arrowStream } }, stack.urls.rest)).status, 401)
  })
})

// One event holds several records, so its position alone orders them in no way.
const keysOf = (view: string): string => view === 'changes' ? 'position,record_id,version' : keysOfTable(view).join()

const lastId = (table: Table): string => table.getChild('id')!.get(table.numRows - 1)

const toQuery = ([column, operator, value]: unknown[]): string => {
  const list = (items: unknown): string => `(${Array.isArray(items) ? items.map(item => `"${item}"`).join() : String(items).slice(1, -1)})`
  const text = operator === 'in' ? list(value) : value === 'not_null' ? 'null' : String(value)
  return `${column}=${value === 'not_null' ? 'not.' : ''}${operator}.${encodeURIComponent(text)}`
}

async function arrow(path: string, headers: Record<string, string> = {}, token = tokens.dina): Promise<Table> {
  const response = await fetch(`${stack.urls.rest}/${path}`, { headers: { ...bearer(token), ...headers, accept: arrowStream } })
  const bytes = new Uint8Array(await response.arrayBuffer())
  assert.equal(response.status, 200, `${path}: ${Buffer.from(bytes).toString()}`)
  assert.equal(response.headers.get('content-type'), arrowStream)
  return tableFromIPC(bytes)
}

const askPage = (request: Row, token: string): Promise<Response> =>
  fetch(`${stack.urls.rest}/rpc/arrow_page`, {
    method: 'POST', body: JSON.stringify(request), headers: { ...bearer(token), accept: arrowStream, 'content-type': 'application/json' },
  })

async function page(request: Row, token = tokens.dina): Promise<Table> {
  const response = await askPage(request, token)
  if (!response.ok) assert.fail(`${JSON.stringify(request)}: ${await response.text()}`)
  return tableFromIPC(new Uint8Array(await response.arrayBuffer()))
}

async function refusedPage(request: Row, status: number): Promise<Refusal> {
  const response = await askPage(request, tokens.dina)
  assert.equal(response.status, status)
  return await response.json() as Refusal
}

async function refused(path: string, status: number, headers: Record<string, string> = {}): Promise<Refusal> {
  const { status: given, body } = await call<Refusal>(path, { headers: { ...bearer(tokens.dina), ...headers, accept: `${arrowStream}, application/json` } }, stack.urls.rest)
  assert.equal(given, status)
  return body
}

async function json(path: string): Promise<Row[]> {
  const { status, body } = await call<Row[]>(path, { headers: bearer(tokens.dina) }, stack.urls.rest)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** Every cell, read as its column's type says. */
function compare(view: string, table: Table, rows: Row[]): void {
  assert.equal(table.numRows, rows.length, `${view}: rows`)
  for (const field of table.schema.fields) {
    const column = table.getChild(field.name)!
    const pgType = field.metadata.get('pg_type')!
    for (const [n, row] of rows.entries()) {
      const [have, want] = [plain(column.get(n), pgType), wanted(row[field.name], pgType)]
      if (!Object.is(have, want)) assert.fail(`${view}.${field.name} of row ${n}: Arrow has ${have}, JSON ${want}`)
      if (want === null) assert.ok(field.nullable, `${view}.${field.name} is null, yet said never to be`)
    }
  }
}

// apache-arrow gives times as milliseconds with a fraction; JSON has no microseconds beyond what Date reads.
function plain(value: unknown, pgType: string): unknown {
  if (value === null || value === undefined) return null
  if (pgType === 'timestamp with time zone') return Math.floor(value as number)
  if (pgType === 'date') return Number(value)
  if (pgType === 'jsonb' || pgType.endsWith('[]')) return JSON.stringify(JSON.parse(value as string))
  if (pgType === 'numeric') return Number(value)
  return typeof value === 'bigint' ? Number(value) : value
}

function wanted(value: unknown, pgType: string): unknown {
  if (value === null || value === undefined) return null
  if (pgType === 'timestamp with time zone' || pgType === 'date') return Date.parse(value as string)
  if (pgType === 'jsonb' || pgType.endsWith('[]')) return JSON.stringify(value)
  if (pgType === 'real') return Math.fround(Number(value))
  if (pgType === 'double precision') return Number(value)
  return value
}

async function asMigrator<T>(act: (law: Client) => Promise<T>, end?: 'rolled back'): Promise<T> {
  const law = new Client({ connectionString: stack.databases.migrator })
  await law.connect()
  try {
    if (end) await law.query('begin')
    return await act(law)
  } finally {
    if (end) await law.query('rollback')
    await law.end()
  }
}

/** The one value that a query gives. */
const only = async <T>(law: Client, query: string): Promise<T> => Object.values((await law.query(query)).rows[0]!)[0] as T

async function become(law: Client, login: string): Promise<void> {
  await law.query(`select set_config('request.jwt.claims', json_build_object('sub', id, 'aud', 'petri')::text, true) from lab.people where login = $1`, [login])
  await law.query('set local role member')
}
