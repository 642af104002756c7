/**
 * The law's command line, run as `migrator` (PETRI_MIGRATOR_URL).
 *   up         apply pending migrations, rebuild changed logic
 *   demo       up, then the demo lab (once)
 *   contracts  up, then write db/contracts
 *   check      fail when db/contracts differs from the database
 */
import { Client } from 'pg'
import { applyMigrations } from './rebuild/migrations.ts'
import { rebuildLogic } from './rebuild/logic.ts'
import { loadDemo } from './demo/load.ts'
import { checkContracts, writeContracts } from './rebuild/contracts.ts'

const up = async (db: Client): Promise<void> => {
  const migrations = await applyMigrations(db)
  const logic = await rebuildLogic(db, { tablesChanged: migrations > 0 })
  console.log(`law: ${migrations} migrations applied, ${logic.length} files of logic rebuilt`)
}

const commands: Record<string, (db: Client) => Promise<void>> = {
  up,
  demo: async db => { await up(db); await loadDemo(db) },
  contracts: async db => { await up(db); await writeContracts(db) },
  check: checkContracts,
}

const main = async (): Promise<void> => {
  const command = commands[process.argv[2] ?? 'up']
  if (!command) throw new Error(`unknown command "${process.argv[2]}": expected one of ${Object.keys(commands).join(', ')}`)
  if (!process.env.PETRI_MIGRATOR_URL) throw new Error('PETRI_MIGRATOR_URL is not set: expected a connection URL of the role migrator')
  const db = new Client({ connectionString: process.env.PETRI_MIGRATOR_URL, application_name: 'petri migrate' })
  await db.connect()
  try {
    await command(db)
  } finally {
    await db.end()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
