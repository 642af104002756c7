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
