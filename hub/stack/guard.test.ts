import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { markName, release, startGuard } from './guard.ts'

/** A process that started another in a session of its own, as the Hub starts people's servers. */
function startTree(mark: string): ChildProcess {
  return spawn('/bin/sh', ['-c', 'setsid sleep 1000 & echo $!; wait'], { env: { ...process.env, [markName]: mark }, detached: true })
}

// What has ended but was not yet collected by its parent has no command line left.
const isThere = (pid: number) => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`).length > 0

async function grandchildOf(child: ChildProcess): Promise<number> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer]
  return Number(chunk.toString())
}

test('when the pipe to the supervisor closes, all that carries its mark ends, in whatever session', async () => {
  const [mine, other] = [randomUUID(), randomUUID()]
  const [ours, theirs] = [startTree(mine), startTree(other)]
  const [grandchild, stranger] = [await grandchildOf(ours), await grandchildOf(theirs)]
  await release(startGuard(mine, '/nowhere'))
  assert.deepEqual([isThere(grandchild), isThere(stranger)], [false, true])
  await release(startGuard(other, '/nowhere'))
  assert.equal(isThere(stranger), false)
})
