import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { editSample, readSample, registerSample, tokenOf, type Refused, type Sample } from './rest.ts'

interface Conflict {
  id: string
  seen: number
  now: number
  fields: Record<string, { base: object, yours: object, theirs: object }>
  changed_by: string
}

let dina: string
let arno: string
before(async () => {
  [dina, arno] = await Promise.all([tokenOf('dina'), tokenOf('arno')])
})

describe('an edit', () => {
  test('that names no version is refused with 428 PL006 and the version to name', async () => {
    const sample = await registerSample(dina)
    const { status, body } = await editSample<Refused>(arno, sample.id, { name: 'Blind' })
    assert.deepEqual([status, body.code], [428, 'PL006'])
    assert.match(body.hint!, /"version".* it is 1 now/)
    assert.deepEqual(await readSample(dina, sample.id), sample)
  })

  test('of the version that was seen makes the next one', async () => {
    const sample = await registerSample(dina)
    const { status, body } = await editSample(dina, sample.id, { name: 'Renamed', version: 1 })
    assert.equal(status, 200)
    assert.deepEqual([body[0]!.name, body[0]!.version], ['Renamed', 2])
  })

  test('of another field, from an older version, is merged', async () => {
    const { id } = await registerSample(dina)
    await editSample(dina, id, { name: 'By Dina', version: 1 })
    const { status } = await editSample(arno, id, { description: 'By Arno', version: 1 })
    assert.equal(status, 200)
    const { name, description, version } = await readSample(dina, id)
    assert.deepEqual([name, description, version], ['By Dina', 'By Arno', 3])
  })

  test('of the same field is a conflict, 409 PL005, with base, yours and theirs, whose and when', async () => {
    const { id, name } = await registerSample(dina)
    await editSample(dina, id, { name: 'By Dina', version: 1 })
    const { status, body } = await editSample<Refused>(arno, id, { name: 'By Arno', version: 1 })
    assert.deepEqual([status, body.code], [409, 'PL005'])
    const { fields, seen, now, changed_by } = JSON.parse(body.details!) as Conflict
    assert.deepEqual(fields, { name: { base: { name }, yours: { name: 'By Arno' }, theirs: { name: 'By Dina' } } })
    assert.deepEqual([seen, now], [1, 2])
    assert.equal(changed_by, await idOf(dina))
    assert.equal((await readSample(dina, id)).name, 'By Dina')
  })

  // So a field is no counter: what is taken from an amount is a record of its own.
  test('that wants what the other one wrote is agreement, not conflict', async () => {
    const { id } = await registerSample(dina)
    await editSample(dina, id, { status: 'shipped', version: 1 })
    const { status, body } = await editSample(arno, id, { status: 'shipped', version: 1 })
    assert.deepEqual([status, body[0]?.status, body[0]?.version], [200, 'shipped', 3])
  })

  test('of an amount conflicts with one of its unit: they are one field', async () => {
    const { id } = await registerSample(dina, { amount: 10, amount_unit: 'uL' })
    await editSample(dina, id, { amount: 8, version: 1 })
    const { status, body } = await editSample<Refused>(arno, id, { amount_unit: 'mL', version: 1 })
    assert.deepEqual([status, body.code], [409, 'PL005'])
  })

  test('that names a version from the future is refused with 409 PL007', async () => {
    const { id } = await registerSample(dina)
    const { status, body } = await editSample<Refused>(dina, id, { name: 'x', version: 7 })
    assert.deepEqual([status, body.code], [409, 'PL007'])
  })

  test('that the merged row may not have is refused by its constraint', async () => {
    const { id } = await registerSample(dina)
    const { status, body } = await editSample<Refused>(dina, id, { name: '  ', version: 1 })
    assert.deepEqual([status, body.code], [400, '23514'])
  })
})

describe('six writers at once', () => {
  const rounds = 8

  // Each owns one field and edits on from the version that its own last edit made, old by then.
  test('in six fields of one record lose nothing', { timeout: 60_000 }, async () => {
    const { id } = await registerSample(dina, { amount: 0, amount_unit: 'uL' })
    const writers: ((round: number) => Partial<Sample>)[] = [
      (round) => ({ name: `name ${round}` }),
      (round) => ({ sample_type: `type ${round}` }),
      (round) => ({ description: `description ${round}` }),
      (round) => ({ amount: round }),
      (round) => ({ status: round % 2 ? 'shipped' : 'available' }),
      (round) => ({ synthetic: round % 2 === 1 }),
    ]
    const refused = (await Promise.all(writers.map((edit, writer) => writeRounds(writer % 2 ? dina : arno, id, edit)))).flat()
    assert.deepEqual(refused, [])
    const { name, sample_type, description, amount, status, synthetic, version } = await readSample(dina, id)
    assert.deepEqual({ name, sample_type, description, amount, status, synthetic, version }, {
      name: `name ${rounds}`, sample_type: `type ${rounds}`, description: `description ${rounds}`, amount: rounds,
      status: 'available', synthetic: false, version: 1 + writers.length * rounds,
    })
  })

  async function writeRounds(token: string, id: string, edit: (round: number) => Partial<Sample>): Promise<unknown[]> {
    const refused: unknown[] = []
    let version = 1
    for (let round = 1; round <= rounds; round++) {
      const { status, body } = await editSample(token, id, { ...edit(round), version })
      if (status === 200) version = body[0]!.version
      else refused.push(body)
    }
    return refused
  }

  test('that append to one text, each again after a conflict, lose no word', { timeout: 60_000 }, async () => {
    const { id } = await registerSample(dina)
    const words = Array.from({ length: 6 }, (_, writer) => Array.from({ length: 4 }, (_, step) => `${writer}.${step}`))
    const conflicts = await Promise.all(words.map((own, writer) => append(writer % 2 ? dina : arno, id, own)))
    const { description, version } = await readSample(dina, id)
    assert.deepEqual(description.trim().split(' ').sort(), words.flat().sort())
    assert.equal(version, 25)
    assert.ok(conflicts.reduce((sum, count) => sum + count) > 0, 'they met')
  })

  async function append(token: string, id: string, words: string[]): Promise<number> {
    let conflicts = 0
    for (let done = 0; done < words.length;) {
      const { description, version } = await readSample(token, id)
      const { status } = await editSample(token, id, { description: `${description} ${words[done]}`, version })
      assert.ok(status === 200 || status === 409, `${status}`)
      if (status === 200) done += 1
      else conflicts += 1
    }
    return conflicts
  }
})

const idOf = (token: string): string => (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub
