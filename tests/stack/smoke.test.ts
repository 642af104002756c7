/** What `npm run smoke` says of a new lab holds on a lab that people have worked in, too. */
import { describe, test } from 'node:test'
import type { StackDescription } from '../../hub/stack/description.ts'
import { readJson } from '../../hub/stack/json-file.ts'
import { loadChecks } from '../../hub/stack/smoke/checks.ts'

const stack = readJson<StackDescription>(process.env.PETRI_STACK!)!

describe('the main job, without a person', async () => {
  for (const { name, run } of await loadChecks()) test(name, async () => { await run(stack) })
})
