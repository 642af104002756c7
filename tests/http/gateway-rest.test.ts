import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { describe, test } from 'node:test'
import { ask, bearer, call, signIn } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

describe('the REST proxy', () => {
  test('answers as PostgREST does, direct and through the public address', async () => {
    const headers = { ...bearer((await signIn('dina')).access_token), prefer: 'count=exact' }
    const path = 'samples?order=id&limit=3'
    const [own, proxied, behindHub] = await Promise.all([
      call(path, { headers }, stack.urls.rest),
      call(`rest/${path}`, { headers }),
      call(`rest/${path}`, { headers }, stack.urls.publicGateway),
    ])
    for (const answer of [proxied, behindHub]) {
      assert.deepEqual([answer.status, answer.body], [own.status, own.body])
      assert.equal(answer.headers.get('content-range'), own.headers.get('content-range'))
    }
  })

  test('shows nothing to nobody', async () => {
    const { status, body } = await call<{ code: string }>('rest/samples')
    assert.deepEqual([status, body.code], [401, 'PL001'])
  })

  test('names the address of a new record as the caller must ask for it, and keeps a wild name as it is', async () => {
    const { access_token: token, person } = await signIn('arno')
    const headers = { ...bearer(token), 'content-type': 'application/json', prefer: 'return=headers-only' }
    const { body: [project] } = await call<{ id: string }[]>('rest/projects?code=eq.ENZ', { headers })
    const name = `O'Brien's "best" 🧪 <script>alert(1)</script> ${randomUUID()}`
    const sample = { lab_id: person.lab_id, project_id: project!.id, name, sample_type: 'enzyme' }
    const { status, headers: answer, body } = await call('rest/samples', { method: 'POST', headers, body: JSON.stringify(sample) })
    assert.equal(status, 201, JSON.stringify(body))
    const location = answer.get('location')!
    assert.match(location, /^\/services\/petri\/rest\/samples\?/)
    const read = await call<{ id: string, name: string }[]>(location.slice('/services/petri/'.length), { headers })
    assert.equal(read.body[0]?.name, name)
    const graphql = await ask(token, 'query ($id: UUID!) { sample(id: $id) { name } }', { id: read.body[0]!.id })
    assert.deepEqual(graphql.body.data, { sample: { name } })
  })

  test('passes the first bytes on before the last are there', async () => {
    const { access_token } = await signIn('dina')
    const chunks = await countChunks(`${stack.urls.gateway}/rest/measurements?limit=25000`, access_token)
    assert.ok(chunks > 1, `${chunks} chunks`)
  })

  test('survives a caller who leaves in the middle', async () => {
    const headers = bearer((await signIn('dina')).access_token)
    const leaving = new AbortController()
    const response = await fetch(`${stack.urls.gateway}/rest/measurements?limit=25000`, { headers, signal: leaving.signal })
    await response.body!.getReader().read()
    leaving.abort()
    assert.equal((await call('rest/samples?limit=1', { headers })).status, 200)
  })

  test('does not reach beyond the API', async () => {
    const { status } = await call('rest/../../../hub/api/users')
    assert.equal(status, 404)
  })
})

test('what is not here says so', async () => {
  const { status, body } = await call<{ message: string }>('nothing')
  assert.equal(status, 404)
  assert.match(body.message, /is not here/)
})

function countChunks(url: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: bearer(token) }, response => {
      let chunks = 0
      response.on('data', () => chunks++).on('end', () => resolve(chunks)).on('error', reject)
    }).on('error', reject).end()
  })
}
