import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inRoot } from './paths.mjs'

/** A PATH with these programs alone; each is a link, or a script that prints a line. */
function pathWith(programs: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'petri-path-'))
  mkdirSync(folder, { recursive: true })
  for (const [name, what] of Object.entries(programs)) {
    if (what.startsWith('/')) symlinkSync(what, join(folder, name))
    else writeFileSync(join(folder, name), `#!/bin/sh\n${what}\n`)
    if (!what.startsWith('/')) chmodSync(join(folder, name), 0o755)
  }
  return folder
}

const startWith = (programs: Record<string, string>) => {
  const { PETRI_PYTHON: _, ...env } = process.env
  const { status, stderr } = spawnSync(process.execPath, [inRoot('hub/stack/petri.mjs'), 'start'], { encoding: 'utf8', env: { ...env, PATH: pathWith(programs) } })
  assert.equal(status, 1)
  return stderr.trim()
}

test('a missing or old Python, and a missing git, are each told in one line with what to do', () => {
  const git = 'echo git version 2'
  assert.match(startWith({}), /^git is missing: install it .*$/)
  assert.match(startWith({ git }), /^Python is missing: install Python 3\.10 or newer .*$/)
  assert.match(startWith({ git, python3: 'echo 3 8' }), /^Python 3\.8 is too old: install Python 3\.10 or newer .*$/)
})
