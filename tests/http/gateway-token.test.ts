import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { createLocalJWKSet, decodeJwt, importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type JWK } from 'jose'
import { loginToHub, spawn } from '../notebooks/hub.ts'
import { ask, bearer, call, exchange, hubToken, passwordOf, signIn } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

describe('a Hub token becomes a token of ours', () => {
  test('for five minutes, verifiable with the published key, naming the person', async () => {
    const { access_token, expires_at, person } = await signIn('dina')
    const { body: jwks } = await call<JSONWebKeySet>('.well-known/jwks.json')
    const { payload, protectedHeader } = await jwtVerify(access_token, createLocalJWKSet(jwks), { audience: 'petri' })
    assert.equal(protectedHeader.alg, 'ES256')
    assert.equal(payload.exp! - payload.iat!, 300)
    assert.equal(new Date(expires_at).getTime(), payload.exp! * 1000)
    assert.deepEqual([payload.sub, payload.role, payload.via], [person.id, 'member', 'kernel'])
    assert.deepEqual([person.login, person.name], ['dina', 'Dina Marsh'])
  })

  test('and the private half of the key is not published', async () => {
    const { body } = await call<JSONWebKeySet>('.well-known/jwks.json')
    assert.deepEqual(body.keys.map(key => key.d), [undefined])
  })

  test('a kernel is sent to PostgREST itself', async () => {
    assert.equal((await signIn('dina')).rest_url, stack.urls.rest)
  })

  test('a page stays on its own origin', { timeout: 120_000 }, async () => {
    const person = await loginToHub(stack.urls.public, 'rhea', passwordOf('rhea'))
    const page = await spawn(person)
    const { status, body } = await exchange(page.token)
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([body.rest_url, body.graphql_url, body.events_url],
      ['/services/petri/rest', '/services/petri/graphql', '/services/petri/events'])
    assert.equal(decodeJwt(body.access_token).via, 'browser')
  })
})

describe('the exchange refuses', () => {
  test('nobody', async () => {
    const { status, body } = await call<{ code: string }>('token', { method: 'POST' })
    assert.deepEqual([status, body.code], [401, 'PT401'])
  })

  test('a token that the Hub does not know', async () => {
    assert.equal((await exchange('0123456789abcdef')).status, 401)
  })

  test("a service's token", async () => {
    const { status, body } = await exchange(stack.serviceToken)
    assert.equal(status, 403)
    assert.match(JSON.stringify(body), /service's token is not a person's/)
  })

  test("a person's token that was not issued for Petri", async () => {
    const { status, body } = await exchange(await hubToken('dina', ['read:users:name!user']))
    assert.equal(status, 403)
    assert.match(JSON.stringify(body), /not issued for Petri/)
  })

  test('a GET', async () => {
    const { status } = await call('token', { headers: { authorization: `token ${await hubToken('dina')}` } })
    assert.equal(status, 405)
  })
})

test('a wrong password does not sign in at the Hub', async () => {
  await assert.rejects(loginToHub(stack.urls.public, 'dina', 'not the password'), /cannot sign in/)
  await loginToHub(stack.urls.public, 'dina', passwordOf('dina'))
})

describe('a token that does not hold is refused everywhere', () => {
  let sub: string
  before(async () => {
    sub = (await signIn('dina')).person.id
  })

  const forgeries: Record<string, () => Promise<string>> = {
    expired: () => sign({ sub, age: 400 }),
    'for another audience': () => sign({ sub, audience: 'elsewhere' }),
    'with another role': () => sign({ sub, role: 'migrator' }),
    'signed by another key': async () => sign({ sub, key: await otherKey() }),
    garbage: async () => 'garbage',
  }
  for (const [name, forge] of Object.entries(forgeries)) {
    test(name, async () => {
      const token = await forge()
      const headers = bearer(token)
      assert.equal((await ask(token, '{ __typename }')).status, 401, 'graphql')
      assert.equal((await call('events', { headers })).status, 401, 'events')
      assert.ok([401, 403].includes((await call('rest/samples', { headers })).status), 'rest')
      assert.ok([401, 403].includes((await call('samples', { headers }, stack.urls.rest)).status), 'PostgREST itself')
    })
  }

  test('and the same token made rightly is accepted', async () => {
    const token = await sign({ sub })
    assert.equal((await ask(token, '{ __typename }')).status, 200)
    assert.equal((await call('rest/samples?limit=1', { headers: bearer(token) })).status, 200)
  })
})

interface Recipe { sub: string, age?: number, audience?: string, role?: string, key?: JWK }

// With the stack's own key: what is refused is refused for the one thing that is wrong.
async function sign({ sub, age = 0, audience = 'petri', role = 'member', key }: Recipe): Promise<string> {
  const jwk = key ?? JSON.parse(readFileSync(stack.signingKeyFile, 'utf8')) as JWK
  const issuedAt = Math.floor(Date.now() / 1000) - age
  return new SignJWT({ role, via: 'kernel' })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid! })
    .setSubject(sub)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .sign(await importJWK(jwk, 'ES256'))
}

async function otherKey(): Promise<JWK> {
  const { kid } = JSON.parse(readFileSync(stack.signingKeyFile, 'utf8')) as JWK
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  return { ...await crypto.subtle.exportKey('jwk', pair.privateKey), kid } as JWK
}
