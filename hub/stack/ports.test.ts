import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freePort, pickPorts } from './ports.ts'

const file = join(mkdtempSync(join(tmpdir(), 'petri-ports-')), 'ports.json')

test('each program has a port of its own, and gets the same one again', async () => {
  const first = await pickPorts(file, 0)
  assert.equal(new Set(Object.values(first)).size, Object.keys(first).length)
  assert.deepEqual(await pickPorts(file, 0), first)
})

test('a port that was taken meanwhile is replaced', async () => {
  const { rest } = await pickPorts(file, 0)
  const other = createServer().listen(rest, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  assert.notEqual((await pickPorts(file, 0)).rest, rest)
  other.close()
})

test('a taken public port is refused in one line that says what to do', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  await assert.rejects(pickPorts(file, port), { message: `Port ${port} is taken by another program: stop that one, or choose another with --port NUMBER.` })
  other.close()
})
