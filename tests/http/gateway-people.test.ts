import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Client } from 'pg'
import { openEvents, touchSample } from './changes.ts'
import { ask, bearer, call, exchange, hubToken, signIn } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

describe('a deactivated person', () => {
  test('is refused at once, with the token of a minute ago, and acts again once activated', async () => {
    const { access_token: token } = await signIn('tess')
    const headers = bearer(token)
    assert.equal((await call('rest/samples?limit=1', { headers })).status, 200)
    await deactivated('tess', async () => {
      assert.equal((await exchange(await hubToken('tess'))).status, 403, 'exchange')
      assert.equal((await call('rest/samples?limit=1', { headers })).status, 403, 'rest')
      assert.equal((await call('events', { headers })).status, 403, 'events')
      const { status, body } = await ask(token, '{ __typename }')
      assert.deepEqual([status, body.code], [403, 'PL002'], 'graphql')
    })
    assert.equal((await call('rest/samples?limit=1', { headers })).status, 200)
  })

  test('hears no more of an open stream, and why', { timeout: 30_000 }, async () => {
    const stream = await openEvents((await signIn('tess')).access_token)
    await stream.until(/event: ready/)
    await deactivated('tess', async () => {
      const sample = await touchSample()
      const heard = await stream.until(/event: refused\n.*\n/)
      assert.match(heard, /PL002/)
      assert.ok(!heard.includes(sample), 'the edit is not among it')
    })
  })
})

describe('a stranger', () => {
  test("sees nothing of a record whose id he knows, which is there for the lab's own", async () => {
    const [dina, sten] = await Promise.all([signIn('dina'), signIn('sten')])
    const { body: [sample] } = await call<{ id: string, code: string }[]>('rest/samples?limit=1', { headers: bearer(dina.access_token) })
    assert.ok(sample, 'the row exists')

    const rest = await call<unknown[]>(`rest/samples?id=eq.${sample.id}`, { headers: bearer(sten.access_token) })
    assert.deepEqual([rest.status, rest.body], [200, []])
    const query = 'query ($id: UUID!, $code: String!) { sample(id: $id) { name } samples(condition: { code: $code }) { totalCount nodes { name } } }'
    const graphql = await ask(sten.access_token, query, { id: sample.id, code: sample.code })
    assert.deepEqual(graphql.body.data, { sample: null, samples: { totalCount: 0, nodes: [] } })
    const { body: { data } } = await ask<{ sample: { name: string } }>(dina.access_token, query, { id: sample.id, code: sample.code })
    assert.ok(data?.sample.name)
  })

  test('is told of no change in it', async () => {
    const [dina, sten] = await Promise.all([signIn('dina'), signIn('sten')])
    const of = async (token: string, table: string): Promise<number> =>
      (await call<unknown[]>(`rest/changes?table_name=eq.${table}&limit=1`, { headers: bearer(token) })).body.length
    assert.equal(await of(dina.access_token, 'samples'), 1, 'the change is in the log')
    assert.equal(await of(sten.access_token, 'samples'), 0)
  })
})

async function deactivated(login: string, act: () => Promise<void>): Promise<void> {
  const law = new Client({ connectionString: stack.databases.migrator })
  await law.connect()
  const setActive = (active: boolean): Promise<unknown> => law.query('update lab.people set active = $2 where login = $1', [login, active])
  try {
    await setActive(false)
    await act()
  } finally {
    await setActive(true)
    await law.end()
  }
}
