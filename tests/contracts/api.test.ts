/** The committed contracts are what the running API says of itself. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readApiContracts } from '../../hub/stack/api-contracts.ts'
import { inRoot } from '../../hub/stack/bootstrap/paths.mjs'
import { readStack } from '../http/stack.ts'

const contracts = await readApiContracts(readStack())

for (const [file, actual] of Object.entries(contracts)) {
  test(`${file} is up to date (else run \`npm run contracts\` and commit)`, () => {
    assert.equal(readFileSync(inRoot(file), 'utf8'), actual)
  })
}
