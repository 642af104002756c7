import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isLocked, releaseLock, takeLock } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'petri-lock-'))
const file = join(folder, 'lock.json')

test('one supervisor at a time has a data folder', () => {
  assert.equal(takeLock(file, folder, 'first'), undefined)
  assert.throws(() => takeLock(file, folder, 'second'), /A lab already runs in .* \(process \d+\): stop it with Ctrl-C/)
  releaseLock(file)
  assert.equal(existsSync(file), false)
})

test('a lock whose process is gone is taken over, and its mark is told', () => {
  writeFileSync(file, JSON.stringify({ pid: 999_999_999, began: '1', mark: 'dead' }))
  assert.equal(isLocked(file), false)
  assert.equal(takeLock(file, folder, 'mine'), 'dead')
})

test('a process id that passed to another process does not hold the lock', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, began: 'another time', mark: 'dead' }))
  assert.equal(isLocked(file), false)
})
