import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask, signIn } from './people.ts'
import { asOwner } from './rest.ts'

const law = (statement: string) => asOwner(db => db.query(`${statement}; notify pgrst, 'reload schema'`))
const fields = `{ __type(name: "Query") { fields { name } } }`

test('a view that a rebuild of the law brings is served by GraphQL, and no request fails meanwhile', async () => {
  const { access_token: dina } = await signIn('dina')
  const knows = async (name: string): Promise<boolean> => {
    const { status, body } = await ask<{ __type: { fields: { name: string }[] } }>(dina, fields)
    assert.deepEqual([status, body.errors], [200, undefined])
    return body.data!.__type.fields.some(field => field.name === name)
  }
  const until = async (name: string, there: boolean): Promise<void> => {
    for (const end = Date.now() + 30_000; await knows(name) !== there; await sleep(50)) {
      assert.ok(Date.now() < end, `${name} is ${there ? 'not there' : 'still there'} after 30 s`)
    }
  }
  assert.equal(await knows('renewalProbes'), false)
  await law(`create view api_v1.renewal_probes with (security_invoker) as select id, code from lab.projects;
    grant select on api_v1.renewal_probes to member`)
  try {
    await until('renewalProbes', true)
    const { body } = await ask<{ renewalProbes: { nodes: { code: string }[] } }>(dina, '{ renewalProbes { nodes { code } } }')
    assert.ok(body.data!.renewalProbes.nodes.some(({ code }) => code === 'ENZ'))
  } finally {
    await law('drop view api_v1.renewal_probes')
  }
  await until('renewalProbes', false)
})
