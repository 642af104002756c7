import { inspect } from 'node:util'
import { connect } from '../src/connect.ts'
import { PetriError } from '../src/petri-error.ts'
import { ACCESS_TOKEN, connectTo, fakeWire, HUB_TOKEN, refuse } from './fake-lab.ts'

const tokens = (sent: { url: URL }[]) => sent.filter(({ url }) => url.pathname.endsWith('/token')).length

test('a token is exchanged once for many requests, and shown to REST alone', async () => {
  const { fetch, sent } = fakeWire(() => Response.json([]))
  const lab = await connectTo(fetch)
  await Promise.all([lab.samples.rows(), lab.samples.rows(), lab.experiments.rows()])
  expect(tokens(sent)).toBe(1)
  expect(sent[0]!.headers.get('authorization')).toBe(`token ${HUB_TOKEN}`)
  expect(sent.slice(1).map(({ headers }) => headers.get('authorization'))).toEqual(Array(3).fill(`Bearer ${ACCESS_TOKEN}`))
})

test('a token near its end is renewed before it is used, once for all who wait', async () => {
  const { fetch, sent } = fakeWire(() => Response.json([]), { lifetimeMs: 10_000 })
  const lab = await connectTo(fetch)
  await Promise.all([lab.samples.rows(), lab.samples.rows()])
  expect(tokens(sent)).toBe(2)
})

test('a token that the server calls dead is renewed and the request sent again', async () => {
  let refused = false
  const { fetch, sent } = fakeWire(() => refused ? Response.json([]) : (refused = true, refuse(401, 'PGRST301', 'JWT expired')))
  const lab = await connectTo(fetch)
  expect(await lab.samples.rows()).toEqual([])
  expect(tokens(sent)).toBe(2)
})

test('a refusal keeps the words of the server', async () => {
  const { fetch } = fakeWire(() => Response.json({ code: 'PL022', message: 'A limit of 9 cuts this answer.', details: '{"limit": 9}', hint: 'Ask for less.' }, { status: 413 }))
  const lab = await connectTo(fetch)
  const error = await lab.samples.rows().catch(error => error)
  expect(error).toBeInstanceOf(PetriError)
  expect(error).toMatchObject({ code: 'PL022', message: 'A limit of 9 cuts this answer.', details: { limit: 9 }, hint: 'Ask for less.', status: 413 })
  expect(error.stack).toMatch(/^PetriError PL022: A limit of 9 cuts this answer\.\n  Ask for less\.\n\s+at /)
})

test('without a stack the error says how to start one', async () => {
  const fetch = (() => Promise.reject(new TypeError('fetch failed'))) as typeof globalThis.fetch
  await expect(connectTo(fetch)).rejects.toMatchObject({
    code: 'no_gateway', message: 'No Petri gateway at http://127.0.0.1:1/services/petri: start the stack with `npm start`.',
  })
  await expect(connect({ fetch })).rejects.toMatchObject({ code: 'no_gateway' })
})

test('no token is in anything that can be printed', async () => {
  const { fetch } = fakeWire(({ url }) => url.pathname.includes('samples') ? refuse(500, 'XX000', 'broken') : undefined)
  const lab = await connectTo(fetch)
  const error = await lab.samples.rows().catch(error => error)
  const printed = [lab, lab.samples, lab.files, error, error.cause].flatMap(thing => [
    inspect(thing, { depth: Infinity, showHidden: true, getters: true }), inspect(thing, { customInspect: false, depth: 9, showHidden: true }),
    String(thing), JSON.stringify(thing) ?? '',
  ])
  for (const text of printed) {
    expect(text).not.toContain(HUB_TOKEN)
    expect(text).not.toContain(ACCESS_TOKEN)
  }
})
