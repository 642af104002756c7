import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compare, judge } from './ratio.ts'

describe('a ratio', () => {
  test('is the median over pairs that ran side by side', () => {
    const ratio = compare([10, 20, 10, 10, 10, 10, 80], [5, 10, 5, 5, 5, 5, 40])
    assert.deepEqual(ratio, { value: 2, low: 2, high: 2, verdict: 'decided' })
  })
  test('needs pairs', () => assert.throws(() => compare([1, 2], [1]), /expected pairs/))
})

describe('a verdict', () => {
  test('is undecided where the spread includes 1', () => assert.equal(judge({ low: 0.9, high: 1.2 }), 'undecided'))
  test('is undecided where the spread touches 1', () => assert.equal(judge({ low: 1, high: 1.2 }), 'undecided'))
  test('is decided where both ends lie on one side', () => assert.equal(judge({ low: 1.1, high: 1.2 }), 'decided'))
  test('is undecided where the spread includes the target', () => assert.equal(judge({ low: 5.5, high: 7 }, { atLeast: 6 }), 'undecided'))
  test('is met above a least', () => assert.equal(judge({ low: 6.1, high: 7 }, { atLeast: 6 }), 'met'))
  test('is missed below a least', () => assert.equal(judge({ low: 2, high: 5.9 }, { atLeast: 6 }), 'missed'))
  test('is met below a most', () => assert.equal(judge({ low: 0.9, high: 1.2 }, { atMost: 1.3 }), 'met'))
  test('is missed above a most', () => assert.equal(judge({ low: 1.4, high: 2 }, { atMost: 1.3 }), 'missed'))
})
