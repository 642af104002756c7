import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { asOwner, placeOfSamples, registerSample, rest, tokenOf, type Refused, type Sample } from './rest.ts'

const lab = ['ada', 'dina', 'arno', 'tess', 'rhea']
const everybody = [...lab, 'sten']
const unknownId = '00000000-0000-7000-8000-000000000000'
const tokens: Record<string, string> = {}
before(async () => {
  for (const login of everybody) tokens[login] = await tokenOf(login)
})

describe('each exposed view', async () => {
  const views = await asOwner(async (db) => (await db.query<{ name: string, key: string }>(`
    select c.relname as name, (array_agg(a.attname order by a.attname <> 'id', a.attnum))[1] as key
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v' and a.attnum > 0
    group by 1 order by 1`)).rows)

  before(() => registerAnalysis())

  for (const { name, key } of views) {
    describe(name, () => {
      test('is refused to nobody in particular: 401 PL001', async () => {
        const { status, body } = await rest<Refused>(null, `${name}?limit=1`)
        assert.deepEqual([status, body.code], [401, 'PL001'])
      })

      test("shows the lab's own people its rows, and a stranger who names them nothing", async () => {
        const seen = await Promise.all(lab.map((login) => keysOf(tokens[login]!, name, key)))
        for (const keys of seen) assert.deepEqual(keys, seen[0])
        if (seen[0]!.length === 0) assert.equal(await countRows(name), 0, 'nobody sees a row, since there is none')
        const listed = seen[0]!.map((value) => `"${value}"`).join(',')
        const { status, body } = await rest(tokens.sten!, `${name}?${key}=in.(${listed})`)
        assert.deepEqual([status, body], [200, []])
      })
    })
  }

  // What both labs may see of each other's is nothing, so the first rows by key are the same for the whole lab.
  async function keysOf(token: string, view: string, key: string): Promise<unknown[]> {
    const { status, body } = await rest<Record<string, unknown>[]>(token, `${view}?select=${key}&order=${key}&limit=50`)
    assert.equal(status, 200, JSON.stringify(body))
    return body.map((row) => row[key])
  }

  const countRows = (view: string): Promise<number> =>
    asOwner(async (db) => Number((await db.query(`select count(*) from api_v1.${view}`)).rows[0].count))
})

describe('a record that a stranger names in the URL', () => {
  let sample: Sample
  before(async () => {
    sample = await registerSample(tokens.dina!)
  })

  test("is there for the lab's own", async () => {
    const { body } = await rest<Sample[]>(tokens.tess!, `samples?id=eq.${sample.id}`)
    assert.equal(body[0]?.name, sample.name)
  })

  test('looks like one that never was', async () => {
    for (const [, ask] of Object.entries(ways())) {
      const [known, unknown] = [await ask(sample.id), await ask(unknownId)]
      assert.deepEqual([known.status, known.body], [unknown.status, unknown.body])
    }
  })

  test('is not written by him', async () => {
    const { status, body } = await rest(tokens.sten!, `samples?id=eq.${sample.id}`, 'PATCH', { name: 'Mine', version: 1 })
    assert.deepEqual([status, body], [200, []])
    const { body: [still] } = await rest<Sample[]>(tokens.dina!, `samples?id=eq.${sample.id}`)
    assert.deepEqual(still, sample)
  })

  test('is not joined by him: a sample put into its project is refused', async () => {
    const { lab_id, project_id } = sample
    const { status, body } = await rest<Refused>(tokens.sten!, 'samples', 'POST', { lab_id, project_id, name: 'Mine', sample_type: 'x' })
    assert.deepEqual([status, body.code], [403, '42501'])
  })

  const ways = () => ({
    read: (id: string) => rest(tokens.sten!, `samples?id=eq.${id}`),
    lineage: (id: string) => rest(tokens.sten!, 'rpc/get_lineage', 'POST', { record_id: id }),
    edit: (id: string) => rest(tokens.sten!, `samples?id=eq.${id}`, 'PATCH', { name: 'Mine', version: 1 }),
    parent: (id: string) => rest(tokens.sten!, `sample_origins?parent_id=eq.${id}`),
  })
})

describe('who may write what', () => {
  type Act = (login: string) => Promise<number>
  const place = () => placeOfSamples(tokens.dina!)

  const acts: Record<string, { may: string[], act: Act }> = {
    'register a sample': {
      may: ['ada', 'dina', 'arno', 'tess'],
      act: async (login) => (await rest(tokens[login]!, 'samples', 'POST', { ...await place(), name: 'Matrix', sample_type: 'test' })).status,
    },
    'plan an experiment': {
      may: ['ada', 'dina', 'arno'],
      act: async (login) => (await rest(tokens[login]!, 'experiments', 'POST', { ...await place(), name: 'Matrix' })).status,
    },
    'add a unit': {
      may: ['ada'],
      act: async (login) => {
        const { lab_id } = await place()
        return (await rest(tokens[login]!, 'units', 'POST', { lab_id, code: `{${randomUUID()}}`, name: 'Test' })).status
      },
    },
    'write a result by hand': {
      may: [],
      act: async (login) => (await rest(tokens[login]!, 'results', 'POST', { ...await place(), name: 'Matrix' })).status,
    },
    'delete a sample': {
      may: [],
      act: async (login) => (await rest(tokens[login]!, `samples?id=eq.${unknownId}`, 'DELETE')).status,
    },
  }

  for (const [name, { may, act }] of Object.entries(acts)) {
    test(`${may.length ? may.join(', ') : 'nobody'} may ${name}`, async () => {
      const did: string[] = []
      for (const login of everybody) {
        const status = await act(login)
        if (status === 201) did.push(login)
        else assert.equal(status, 403, login)
      }
      assert.deepEqual(did, may)
    })
  }

  for (const view of ['measurements', 'changes', 'sop_runs', 'shipment_items']) {
    test(`nobody may write ${view}: the view joins tables, and says that one may not, not that it cannot`, async () => {
      for (const login of everybody) {
        const { status, body } = await rest<Refused>(tokens[login]!, view, 'POST', {})
        assert.deepEqual([status, body.code], [403, '42501'])
      }
    })
  }

  test('a sample is edited by who may register one, and by a reviewer it is not', async () => {
    const { id } = await registerSample(tokens.dina!)
    const edit = async (login: string, version: number) =>
      (await rest<Sample[]>(tokens[login]!, `samples?id=eq.${id}`, 'PATCH', { description: login, version })).body
    assert.deepEqual(await edit('rhea', 1), [])
    assert.equal((await edit('tess', 1))[0]?.description, 'tess')
    assert.equal((await edit('ada', 2))[0]?.description, 'ada')
  })
})

test('a deactivated person is refused at once, by a token that is still valid', async () => {
  const token = tokens.rhea!
  assert.equal((await rest(token, 'samples?limit=1')).status, 200)
  await asOwner(async (db) => {
    const setActive = (active: boolean) => db.query("update lab.people set active = $1 where login = 'rhea'", [active])
    await setActive(false)
    const [{ status, body }, call] = await Promise.all([rest<Refused>(token, 'samples?limit=1'), rest<Refused>(token, 'rpc/me', 'POST', {})]).finally(() => setActive(true))
    assert.deepEqual([status, body.code, call.status], [403, 'PL002', 403])
  })
  assert.equal((await rest(token, 'samples?limit=1')).status, 200)
})

/** So that there are results to be hidden. */
async function registerAnalysis(): Promise<void> {
  const { body: [experiment] } = await rest<{ id: string }[]>(tokens.dina!, 'experiments?name=eq.Puromycin')
  const now = new Date().toISOString()
  const analysis = {
    key: randomUUID(), experiment_id: experiment!.id, title: 'Access', notebook: 'access.ipynb', source_sha256: '0'.repeat(64),
    environment: {}, started_at: now, finished_at: now, inputs: [{ query: {}, row_count: 1, sha256: '0'.repeat(64), position: 1, sample_ids: [] }],
    results: [{ name: 'Vm', values: [{ measurand: 'Vm', value: 1, unit: '{counts}/min2' }] }],
  }
  const { status, body } = await rest(tokens.dina!, 'rpc/register_analysis', 'POST', { analysis })
  assert.equal(status, 200, JSON.stringify(body))
}
