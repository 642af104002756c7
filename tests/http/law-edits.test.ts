import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { editSample, placeOfSamples, readSample, registerSample, rest, tokenOf, type Refused, type Sample } from './rest.ts'

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
    await editSample(dina, id, { description: 'Both', version: 1 })
    const { status, body } = await editSample(arno, id, { description: 'Both', version: 1 })
    assert.deepEqual([status, body[0]?.description, body[0]?.version], [200, 'Both', 3])
  })

  test('of a code conflicts with one of its kind: they are one field', async () => {
    const code = { material_id: (await registerSample(dina)).id, lab_id: (await placeOfSamples(dina)).lab_id, kind: 'sender', code: randomUUID() }
    const { body: [made] } = await rest<{ id: string }[]>(dina, 'foreign_codes', 'POST', code)
    const edit = (token: string, fields: object) => rest<Refused>(token, `foreign_codes?id=eq.${made!.id}`, 'PATCH', { ...fields, version: 1 })
    assert.equal((await edit(dina, { kind: 'supplier' })).status, 200)
    const { status, body } = await edit(arno, { code: randomUUID() })
    assert.deepEqual([status, body.code], [409, 'PL005'])
  })

  test('of an amount, a status or a place is refused with 409 PL140 and the act to call', async () => {
    const { id } = await registerSample(dina, { amount: 10, amount_unit: 'uL' })
    for (const [fields, act] of [[{ amount: 8 }, 'take_amount'], [{ status: 'shipped' }, 'ship_material']] as const) {
      const { status, body } = await editSample<Refused>(dina, id, { ...fields, version: 1 })
      assert.deepEqual([status, body.code], [409, 'PL140'])
      assert.ok(body.hint!.includes(act))
    }
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

  // Four own one field each and edit on from the version that their own last edit made, old by then; two take from the amount.
  test('on one record lose nothing', { timeout: 60_000 }, async () => {
    const { id } = await registerSample(dina, { amount: 10, amount_unit: 'mL' })
    const writers: ((round: number) => Partial<Sample>)[] = [
      (round) => ({ name: `name ${round}` }),
      (round) => ({ sample_type: `type ${round}` }),
      (round) => ({ description: `description ${round}` }),
      (round) => ({ synthetic: round % 2 === 1 }),
    ]
    const acts = [takeRounds(dina, id), takeRounds(arno, id)]
    const refused = (await Promise.all([...writers.map((edit, writer) => writeRounds(writer % 2 ? dina : arno, id, edit)), ...acts])).flat()
    assert.deepEqual(refused, [])
    const { name, sample_type, description, amount, synthetic, version } = await readSample(dina, id)
    assert.deepEqual({ name, sample_type, description, amount, synthetic, version }, {
      name: `name ${rounds}`, sample_type: `type ${rounds}`, description: `description ${rounds}`, amount: 10 - 2 * rounds / 10,
      synthetic: false, version: 1 + (writers.length + acts.length) * rounds,
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

  async function takeRounds(token: string, id: string): Promise<unknown[]> {
    const refused: unknown[] = []
    for (let round = 1; round <= rounds; round++) {
      const { status, body } = await rest(token, 'rpc/take_amount', 'POST', { material_id: id, amount: 100, unit: 'uL', act_key: randomUUID() })
      if (status !== 200) refused.push(body)
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
