import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Table, vectorFromArray } from 'apache-arrow'
import { describeColumns } from './content.ts'

describe('the checksum of content', () => {
  test('is the same for an Arrow table and for plain arrays', () => {
    const arrays = { value: [1.5, -2, 1e21], sample: ['a', 'µ "x"', '😀'] }
    const table = new Table({ value: vectorFromArray(Float64Array.from(arrays.value)), sample: vectorFromArray(arrays.sample) })
    const columns = { sample: table.getChild('sample')!, value: table.getChild('value')! }
    assert.deepEqual(describeColumns(columns), describeColumns(arrays))
  })
  test('counts rows and bytes', () => assert.deepEqual({ ...describeColumns({ a: [1, 2] }), checksum: '' }, { rows: 2, bytes: 11, checksum: '' }))
  test('does not depend on how many columns come in which order', () => {
    assert.deepEqual(describeColumns({ a: [1], b: [2] }), describeColumns({ b: [2], a: [1] }))
  })

  const different: [string, unknown[], unknown[]][] = [
    ['null and 0', [null], [0]],
    ['null and the empty text', [null], ['']],
    ['NaN and null', [NaN], [null]],
    ['-0 and 0', [-0], [0]],
    ['1 and "1"', [1], ['1']],
    ['2^53 and 2^53 + 1', [2n ** 53n], [2n ** 53n + 1n]],
    ['two orders of the same values', [1, 2], [2, 1]],
    ['["a","b"] and ["a,b"]', ['a', 'b'], ['a,b']],
  ]
  for (const [what, one, other] of different) {
    test(`tells ${what} apart`, () => assert.notEqual(describeColumns({ x: one }).checksum, describeColumns({ x: other }).checksum))
  }
})
