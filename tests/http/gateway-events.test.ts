import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openEvents, touchSample } from './changes.ts'
import { bearer, call, signIn } from './people.ts'
import { readStack } from './stack.ts'

describe('the stream of changes', { timeout: 30_000 }, () => {
  test('tells a member what changed, by position and id alone, through the public address too', async () => {
    const { access_token } = await signIn('dina')
    const streams = await Promise.all([openEvents(access_token), openEvents(access_token, undefined, readStack().urls.publicGateway)])
    await Promise.all(streams.map(stream => stream.until(/event: ready\n.*\n\n/)))
    const sample = await touchSample()
    for (const stream of streams) {
      const seen = await stream.until(/event: changes\ndata: .*\n\n/)
      const [change] = JSON.parse(/data: (\[.*\])/.exec(seen)![1]!) as Record<string, unknown>[]
      assert.deepEqual([change!.table_name, change!.record_id, change!.act], ['samples', sample, 'update'])
      assert.deepEqual(Object.keys(change!).sort(), ['act', 'at', 'person_id', 'position', 'record_id', 'table_name'])
      stream.close()
    }
  })

  test('resumes after the last position that was seen, and repeats none', async () => {
    const { access_token } = await signIn('dina')
    const first = await openEvents(access_token)
    const position = Number(/id: (\d+)/.exec(await first.until(/event: ready/))![1])
    first.close()
    await touchSample()
    const second = await openEvents(access_token, position)
    const seen = await second.until(/event: changes\ndata: .*\n\n/)
    second.close()
    const [change] = JSON.parse(/data: (\[.*\])/.exec(seen)![1]!) as { position: number }[]
    assert.ok(change!.position > position)
  })

  test('tells a stranger nothing of it', async () => {
    const [dina, sten] = await Promise.all([signIn('dina'), signIn('sten')])
    const [member, stranger] = await Promise.all([openEvents(dina.access_token), openEvents(sten.access_token)])
    await Promise.all([member.until(/event: ready/), stranger.until(/event: ready\n.*\n\n/)])
    await touchSample()
    const seen = await member.until(/id: \d+\nevent: changes/)
    const position = Number(/id: (\d+)\nevent: changes/.exec(seen)![1])
    let heard = ''
    for (let at = 0; at < position;) {
      const block = await stranger.until(/id: \d+\n[^]*?\n/)
      at = Number(/id: (\d+)\n/.exec(block)![1])
      heard += block
    }
    assert.doesNotMatch(heard, /changes/, 'the position moves on, and nothing else is told')
    member.close()
    stranger.close()
  })

  test('wants a number to start from', async () => {
    const { status, body } = await call<{ message: string }>('events?after=yesterday', { headers: bearer((await signIn('dina')).access_token) })
    assert.equal(status, 400)
    assert.match(body.message, /"yesterday" is not a position/)
  })
})
