import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../../bench/report.ts'

const script = fileURLToPath(new URL('../../bench/main.ts', import.meta.url))

/** What `npm run bench -- …` hands over to, against the stack that PETRI_STACK names. */
async function bench(...rest: string[]): Promise<{ code: number, out: string, err: string }> {
  const child = spawn(process.execPath, [script, JSON.stringify({ rest })])
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number, out, err }
}

test('a bench prints a table, and with --json a last line that a program can read', { timeout: 300_000 }, async () => {
  const { code, out, err } = await bench('policy', '--json')
  assert.equal(code, 0, err)
  assert.match(out, /ours +[\d.,]+ +[\d.,]+ – [\d.,]+ +7\n/)
  const findings = JSON.parse(out.trimEnd().split('\n').at(-1)!) as Finding[]
  assert.deepEqual(findings.map(({ name }) => name), ['policy.list', 'policy.detail', 'policy.count'])
  for (const { value, unit, baseline, runs, rows, bytes, checksum } of findings) {
    assert.deepEqual([unit, baseline, runs], ['ratio', 'by hand', 7])
    assert.ok(value > 0 && rows > 0 && bytes > 0)
    assert.match(checksum, /^[0-9a-f]{64}$/)
  }
})

test('an unknown bench is refused in one line that names the known ones', async () => {
  const { code, err } = await bench('speed')
  assert.equal(code, 1)
  assert.match(err, /^unknown bench "speed": expected one of rows, file, policy\n$/)
})
