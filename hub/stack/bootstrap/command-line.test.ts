import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { inRoot } from './paths.mjs'

const petri = (...args: string[]) => spawnSync(process.execPath, [inRoot('hub/stack/petri.mjs'), ...args], { encoding: 'utf8' })

test('every command explains itself', () => {
  for (const command of ['start', 'test', 'smoke', 'dump', 'restore', 'bench']) {
    const { status, stderr } = petri(command, '--help')
    assert.equal(status, 0)
    assert.match(stderr, new RegExp(`^npm (run )?${command} --`))
  }
})

test('what is unknown is refused in one line before anything is fetched', () => {
  const wrong = [['start', '--prot', '8000'], ['start', '--port', 'eighty'], ['start', '--port', '70000'], ['dump', '--port', '1']]
  for (const args of wrong) {
    const { status, stderr } = petri(...args)
    assert.equal(status, 2)
    assert.equal(stderr.trim().split('\n').length, 1)
    assert.match(stderr, /--help/)
  }
})
