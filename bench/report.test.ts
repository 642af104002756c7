import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Race } from './race.ts'
import { answer, tabulate } from './report.ts'

const nobody = async () => () => ({ rows: 0, bytes: 0, checksum: '' })
const race: Race = {
  contenders: [{ name: 'ours', run: nobody }, { name: 'theirs', run: nobody }],
  questions: [
    { name: 'rows.arrow', top: 'theirs', bottom: 'ours', target: { atLeast: 6 } },
    { name: 'rows.cost', top: 'ours', bottom: 'theirs' },
  ],
}
const times = (ours: number[], theirs: number[]) => ({
  times: [{ name: 'ours', millis: ours }, { name: 'theirs', millis: theirs }],
  work: { rows: 3, bytes: 40, checksum: 'c0ffee' },
})
const outcome = times([100, 101, 99, 100, 102, 98, 100], [700, 710, 690, 705, 700, 700, 700])

test('a finding is the ratio, against whom, and the proof that both did the same', () => {
  const [first, second] = answer(race, outcome).map(({ finding }) => finding)
  assert.deepEqual(first, { name: 'rows.arrow', value: 7, unit: 'ratio', baseline: 'theirs', runs: 7, rows: 3, bytes: 40, checksum: 'c0ffee' })
  assert.deepEqual([second!.value, second!.baseline], [0.143, 'theirs'])
})

test('the table tells medians, extremes and the verdict', () => {
  const table = tabulate(race, outcome)
  assert.match(table, /ours +100 +98 – 102 +7/)
  assert.match(table, /theirs +700 +690 – 710 +7/)
  assert.match(table, /rows\.arrow +7 +6\.8\d – 7\.14 +≥ 6 +met +theirs ÷ ours/)
})

test('a ratio whose spread includes its target, or 1 where it has none, is undecided', () => {
  const table = tabulate(race, times([100, 100, 100, 100, 100, 100, 100], [590, 650, 700, 700, 700, 95, 700]))
  assert.match(table, /rows\.arrow .* undecided/)
  assert.match(table, /rows\.cost .* undecided/)
})
