import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { RotatingLog } from './log.ts'

test('a log is set aside at 5 MB, and at most three old ones are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'petri-log-'))
  const log = new RotatingLog(join(folder, 'a.log'))
  for (let mb = 0; mb < 30; mb += 1) log.write(Buffer.alloc(1_000_000, 'x'))
  log.close()
  assert.deepEqual(readdirSync(folder).sort(), ['a.log', 'a.log.1', 'a.log.2', 'a.log.3'])
  assert.ok(statSync(join(folder, 'a.log')).size < 5_000_000)
})
