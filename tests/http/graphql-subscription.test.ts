import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { touchSample } from './changes.ts'
import { bearer, signIn } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()
let dina: string
before(async () => {
  dina = (await signIn('dina')).access_token
})

describe('a GraphQL subscription', { timeout: 30_000 }, () => {
  const query = 'subscription { events { position tableName recordId act } }'

  test('tells a member which record changed', async () => {
    const socket = await subscribe(dina, query)
    await new Promise(resolve => setTimeout(resolve, 500)) // the protocol does not say when a subscription has begun
    const sample = await touchSample()
    const { payload } = await socket.next() as { payload: { data: { events: Record<string, unknown> } } }
    const { position, ...event } = payload.data.events
    assert.deepEqual(event, { tableName: 'samples', recordId: sample, act: 'update' })
    assert.ok(Number(position) > 0)
    socket.close()
  })

  for (const token of [null, 'garbage']) {
    test(`is refused to ${token ?? 'nobody'}`, async () => {
      const socket = await subscribe(token, query)
      const { type, payload } = await socket.next() as { type: string, payload: { extensions: { code: string } }[] }
      assert.deepEqual([type, payload[0]!.extensions.code], ['error', 'PT401'])
      socket.close()
    })
  }
})

interface Subscription {
  next(): Promise<unknown>
  close(): void
}

async function subscribe(token: string | null, query: string): Promise<Subscription> {
  const socket = new WebSocket(stack.urls.graphql.replace('http', 'ws'), 'graphql-transport-ws')
  const next = queueMessages(socket)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: token === null ? {} : bearer(token) }))
  await next() // connection_ack
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
  return { next, close: () => socket.close() }
}

function queueMessages(socket: WebSocket): () => Promise<unknown> {
  const arrived: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as unknown
    const wake = waiting.shift()
    if (wake) wake(message)
    else arrived.push(message)
  })
  return async () => arrived.shift() ?? new Promise(resolve => waiting.push(resolve))
}
