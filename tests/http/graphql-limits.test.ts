import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { ask, signIn } from './people.ts'

let dina: string
before(async () => {
  dina = (await signIn('dina')).access_token
})

describe('GraphQL refuses what asks too much', () => {
  const nested = (levels: number): string => {
    const inner = '{ project { samples(first: 1) { nodes '
    return `{ samples(first: 1) { nodes ${inner.repeat(levels)}{ code } ${'} } } '.repeat(levels)}} }`
  }
  const tooMuch: Record<string, [query: string, words: RegExp, variables?: Record<string, unknown>]> = {
    'a page of 1,001 rows': ['{ samples(first: 1001) { nodes { id } } }', /1001 rows is too large/],
    'a page of 5,000 rows by a variable': ['query ($n: Int) { samples(first: $n) { nodes { id } } }', /5000 rows is too large/, { n: 5000 }],
    'a page of 5,000 rows by a default': ['query ($n: Int = 5000) { samples(first: $n) { nodes { id } } }', /5000 rows is too large/],
    'a last page of 5,000 rows in a fragment': ['{ ...f } fragment f on Query { samples(last: 5000) { nodes { id } } }', /5000 rows is too large/],
    'lists within lists within lists': ['{ projects { nodes { samples { nodes { measurements { nodes { id } } } } } } }', /1010100 rows/],
    'thirteen levels': [nested(4), /levels: at most 12/],
    'two thousand fields': [`{ ${Array.from({ length: 2_000 }, (_, i) => `a${i}: __typename`).join(' ')} }`, /1001 fields/],
    'everything before a cursor': ['{ samples(before: "WzFd") { nodes { id } } }', /`before` needs `last`/],
  }
  for (const [name, [query, words, variables]] of Object.entries(tooMuch)) {
    test(name, async () => {
      const { status, body } = await ask(dina, query, variables)
      assert.equal(status, 400, JSON.stringify(body).slice(0, 300))
      assert.match(body.errors![0]!.message, words)
      assert.ok(body.errors![0]!.extensions?.hint, 'and says what would be right')
    })
  }

  test('but not three levels of small pages', async () => {
    const { status } = await ask(dina, nested(2))
    assert.equal(status, 200)
  })

  test('and pages a list that does not page itself', async () => {
    const { body } = await ask<{ measurements: { totalCount: number, nodes: unknown[] } }>(dina, '{ measurements { totalCount nodes { id } } }')
    assert.ok(body.data!.measurements.totalCount > 100)
    assert.equal(body.data!.measurements.nodes.length, 100)
  })

  test('a body of a megabyte', async () => {
    const { status } = await ask(dina, `{ __typename } #${'x'.repeat(1_000_000)}`)
    assert.equal(status, 413)
  })
})
