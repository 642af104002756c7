import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readOptions } from './options.ts'

const names = ['rows', 'policy']

describe('the command line', () => {
  test('names a bench, seven runs unless more are asked for', () => {
    assert.deepEqual(readOptions(['rows'], names), { name: 'rows', json: false, runs: 7 })
    assert.deepEqual(readOptions(['policy', '--json', '--runs', '15'], names), { name: 'policy', json: true, runs: 15 })
  })

  const wrong: [string[], RegExp][] = [
    [[], /unknown bench "": expected one of rows, policy/],
    [['row'], /unknown bench "row"/],
    [['rows', 'policy'], /unknown bench "rows policy"/],
    [['rows', '--runs', '3'], /--runs 3: expected a whole number from 7/],
    [['rows', '--runs', 'many'], /--runs many/],
    [['rows', '--fast'], /--fast/],
  ]
  for (const [args, message] of wrong) test(`refuses "${args.join(' ')}"`, () => assert.throws(() => readOptions(args, names), message))
})
