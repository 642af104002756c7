import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { compare } from './ratio.ts'
import { runRace, type Contender, type Work } from './race.ts'

const work: Work = { rows: 1, bytes: 1, checksum: 'same' }

const contender = (name: string, run: () => Promise<unknown>, describe: () => Work = () => work): Contender => ({
  name,
  run: async () => {
    await run()
    return describe
  },
})

test('contenders alternate, each round in another order, after one round that does not count', async () => {
  const order: string[] = []
  const runner = (name: string) => contender(name, async () => order.push(name))
  const { times } = await runRace({ contenders: [runner('a'), runner('b'), runner('c')] }, 3)
  assert.equal(order.join(''), 'abc' + 'abc' + 'bca' + 'cab')
  assert.deepEqual(times.map(({ name, millis }) => [name, millis.length]), [['a', 3], ['b', 3], ['c', 3]])
})

test('the slower one is found slower', async () => {
  const { times: [slow, fast] } = await runRace({ contenders: [contender('slow', () => sleep(40)), contender('fast', () => sleep(4))] }, 7)
  const { value, verdict } = compare(slow!.millis, fast!.millis)
  assert.ok(value > 2, `${value}`)
  assert.equal(verdict, 'decided')
})

test('describing is not timed', async () => {
  const slowToDescribe = contender('ours', async () => {}, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    return work
  })
  const { times: [ours] } = await runRace({ contenders: [slowToDescribe] }, 3)
  assert.ok(Math.max(...ours!.millis) < 100, `${ours!.millis}`)
})

test('a contender that brings something else is an error that names it', async () => {
  const other = contender('short', async () => {}, () => ({ ...work, rows: 0, checksum: 'other' }))
  await assert.rejects(runRace({ contenders: [contender('ours', async () => {}), other] }, 1), /short did other work: 0 rows/)
})

test('also where it begins to do so in a later run', async () => {
  let run = 0
  const fickle = contender('fickle', async () => {}, () => (++run < 4 ? work : { ...work, checksum: 'other' }))
  await assert.rejects(runRace({ contenders: [fickle] }, 7), /fickle did other work/)
})
