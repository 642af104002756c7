import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { median, medianInterval } from './statistics.ts'

describe('the median', () => {
  test('is the middle value, in whatever order they come', () => assert.equal(median([9, 1, 5]), 5))
  test('lies between the two middle ones', () => assert.equal(median([1, 2, 4, 100]), 3))
  test('does not sort numbers as text', () => assert.equal(median([100, 20, 3]), 20))
  test('leaves its input alone', () => {
    const values = Object.freeze([3, 1, 2])
    median(values)
    assert.deepEqual(values, [3, 1, 2])
  })
  test('of nothing is an error', () => assert.throws(() => median([]), /no values/))
})

describe('the interval of the median', () => {
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

  // Conover, Practical Nonparametric Statistics, table of order statistics at p = 0.5.
  for (const [count, low, high] of [[7, 1, 7], [8, 1, 8], [9, 2, 8], [12, 3, 10], [15, 4, 12], [20, 6, 15]] as const) {
    test(`of ${count} values lies from the ${low}. to the ${high}.`, () => assert.deepEqual(medianInterval(upTo(count)), { low, high }))
  }
  test('holds one outlier of many values out', () => assert.deepEqual(medianInterval([...upTo(14), 1e9]), { low: 4, high: 12 }))
})
