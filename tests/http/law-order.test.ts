import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { asOwner, placeOfSamples, registerSample, rest, tokenOf } from './rest.ts'

interface Change {
  position: number
  record_id: string
  version: number
  act: string
}

let dina: string
before(async () => {
  dina = await tokenOf('dina')
})

describe('a reader who resumes at the last position it saw', () => {
  test('misses nothing of six writers at once, sees nothing twice, and all in order', { timeout: 60_000 }, async () => {
    const reader = follow(await lastPosition())
    const written = (await Promise.all(Array.from({ length: 6 }, () => writeSamples(10)))).flat()
    const seen = await reader.until(written)
    const positions = seen.map(({ position }) => position)
    assert.deepEqual(positions, [...new Set(positions)].sort((a, b) => a - b))
    const found = seen.filter(({ record_id }) => written.includes(record_id)).map(({ record_id }) => record_id)
    assert.deepEqual(found.sort(), written.sort())
  })

  // Its id and clock are older than what others commit meanwhile: a reader that went by them would have passed it.
  test('does not miss a transaction that began before and ends after the others', { timeout: 60_000 }, async () => {
    const reader = follow(await lastPosition())
    const { slow, fast } = await asOwner(async (db) => {
      const { lab_id, project_id } = await placeOfSamples(dina)
      await db.query('begin')
      const { rows: [{ id: slow }] } = await db.query(
        "insert into lab.samples (lab_id, project_id, name, sample_type) values ($1, $2, 'Slow', 'test') returning id", [lab_id, project_id])
      const fast = await writeSamples(3)
      await sleep(1_500)
      await db.query('commit')
      return { slow: slow as string, fast }
    })
    const seen = await reader.until([slow, ...fast])
    assert.equal(seen.filter(({ record_id }) => record_id === slow).length, 1)
  })

  test('is told of each edit of a record, in the order of its versions', { timeout: 60_000 }, async () => {
    const reader = follow(await lastPosition())
    const { id } = await registerSample(dina)
    for (const version of [1, 2, 3]) await rest(dina, `samples?id=eq.${id}`, 'PATCH', { description: `${version}`, version })
    const last = await registerSample(dina)
    const seen = (await reader.until([last.id])).filter(({ record_id }) => record_id === id)
    assert.deepEqual(seen.map(({ version, act }) => `${version} ${act}`), ['1 insert', '2 update', '3 update', '4 update'])
  })
})

async function writeSamples(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await registerSample(dina)).id)
  return ids
}

async function lastPosition(): Promise<number> {
  const { body: [last] } = await rest<Change[]>(dina, 'changes?order=position.desc&limit=1')
  return last?.position ?? 0
}

/** Asks for what is above the last position it saw, again and again, from now on. */
function follow(after: number): { until(records: string[]): Promise<Change[]> } {
  const seen: Change[] = []
  let wanted: Set<string> | undefined
  const reading = (async () => {
    const late = Date.now() + 30_000
    while (!wanted || wanted.size > 0) {
      if (Date.now() > late) throw new Error(`after 30 s ${wanted?.size} changes have no position`)
      const { body } = await rest<Change[]>(dina, `changes?position=gt.${seen.at(-1)?.position ?? after}&order=position&limit=20`)
      seen.push(...body)
      for (const { record_id } of seen) wanted?.delete(record_id)
      if (body.length === 0) await sleep(20)
    }
  })()
  return {
    async until(records) {
      wanted = new Set(records)
      await reading
      return seen
    },
  }
}
