import { writeFileSync } from 'node:fs'
import { readApiContracts } from './api-contracts.ts'
import { inRoot } from './bootstrap/paths.mjs'
import { say } from './bootstrap/terminal.mjs'
import { databaseUrl } from './database.ts'
import { runCommand } from './ending.ts'
import { runScript } from './script.ts'
import { inTemporaryFolder, withStack } from './temporary.ts'

// `npm run contracts`: writes all that is generated from the law, as a new lab has it.

await runCommand(() => inTemporaryFolder((dataDir) => withStack(dataDir, {}, async ({ places, ports, secrets, description }) => {
  await runScript('contracts', inRoot('db', 'migrate.ts'), ['contracts'], places, { PETRI_MIGRATOR_URL: databaseUrl('migrator', ports.postgres, secrets) })
  for (const [file, text] of Object.entries(await readApiContracts(description))) writeFileSync(inRoot(file), text)
  await runScript('types', inRoot('kernel-lib', 'generate.ts'), [], places, {})
  say('  db/contracts, docs/reference and the client’s types are written: look at what changed, and commit it')
  return 0
})))
