import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { Client } from 'pg'
import { ask, bearer, call, signIn } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()
let dina: string
before(async () => {
  dina = (await signIn('dina')).access_token
})

describe('GraphQL', () => {
  test('tells nobody anything, not even its schema', async () => {
    const { status, body } = await ask(null, '{ __schema { queryType { name } } }')
    assert.deepEqual([status, body.data, body.code], [401, undefined, 'PT401'])
  })

  test('explains itself to a member', async () => {
    const { body } = await ask<{ __type: { description: string } }>(dina, '{ __type(name: "Sample") { description } }')
    assert.match(body.data?.__type.description ?? '', /^Materials/)
  })

  test('shows the same records as REST', async () => {
    const rest = await call<{ code: string }[]>('rest/samples?order=id&limit=5', { headers: { ...bearer(dina), prefer: 'count=exact' } })
    const { body } = await ask<{ samples: { totalCount: number, nodes: { code: string }[] } }>(dina,
      '{ samples(first: 5, orderBy: ID_ASC) { totalCount nodes { code } } }')
    assert.deepEqual(body.data?.samples.nodes, rest.body.map(({ code }) => ({ code })))
    assert.equal(String(body.data?.samples.totalCount), rest.headers.get('content-range')?.split('/')[1])
  })

  test('knows what belongs together, from the keys of the tables', async () => {
    const { body } = await ask<{ results: { nodes: Record<string, { code: string }>[] }, projects: { nodes: { experiments: { nodes: unknown[] } }[] } }>(dina, `{
      projects(condition: { code: "ENZ" }) { nodes { experiments { nodes { code project { code } } } } }
    }`)
    const [experiment] = body.data!.projects.nodes[0]!.experiments.nodes as { code: string, project: { code: string } }[]
    assert.equal(experiment?.project.code, 'ENZ')
  })

  test('through the public address too', async () => {
    const { status, body } = await call<{ data: unknown }>('graphql', {
      method: 'POST', headers: { ...bearer(dina), 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ __typename }' }),
    }, stack.urls.publicGateway)
    assert.deepEqual([status, body.data], [200, { __typename: 'Query' }])
  })

  test('refuses an edit that names no version, in the words of the law', async () => {
    const { access_token: arno } = await signIn('arno')
    const { body: { data } } = await ask<{ samples: { nodes: { id: string }[] } }>(arno, '{ samples(first: 1) { nodes { id } } }')
    const { body } = await ask(arno, 'mutation ($id: UUID!) { updateSampleById(input: { id: $id, patch: { name: "unseen" } }) { clientMutationId } }',
      { id: data!.samples.nodes[0]!.id })
    assert.deepEqual([body.errors?.[0]?.extensions?.code, body.errors?.[0]?.message], ['PL006', 'An edit must name the version it saw.'])
  })

  test('keeps the reason of an edit', async () => {
    const { access_token: arno } = await signIn('arno')
    const { body: { data } } = await ask<{ samples: { nodes: { id: string, version: number }[] } }>(arno, '{ samples(first: 1) { nodes { id version } } }')
    const { id, version } = data!.samples.nodes[0]!
    const reason = `checked again, ${randomUUID()}`
    const { body } = await ask<{ updateSampleById: { sample: { version: number } } }>(arno,
      'mutation ($id: UUID!, $patch: SamplePatch!) { updateSampleById(input: { id: $id, patch: $patch }) { sample { version } } }',
      { id, patch: { version, description: `Checked at ${new Date().toISOString()}.` } }, { 'x-petri-reason': reason })
    assert.equal(body.data?.updateSampleById.sample.version, version + 1, JSON.stringify(body.errors))
    assert.equal(await countEvents(reason), 1)
  })

  test('says which field does not exist', async () => {
    const { status, body } = await ask(dina, '{ samples { nodes { colour } } }')
    assert.equal(status, 400)
    assert.match(body.errors![0]!.message, /Cannot query field "colour" on type "Sample"/)
  })
})

async function countEvents(reason: string): Promise<number> {
  const law = new Client({ connectionString: stack.databases.migrator })
  await law.connect()
  try {
    return (await law.query(`select from audit.events where reason = $1 and table_name = 'samples'`, [reason])).rowCount!
  } finally {
    await law.end()
  }
}
