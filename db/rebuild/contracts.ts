/** The catalog snapshot in `db/contracts`: each change of the law shows there, and CI fails when it drifts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { dbRoot } from './sources.ts'

const catalogFile = join(dbRoot, 'contracts', 'catalog.json')

const readCatalog = async (db: Client): Promise<string> => {
  const { rows } = await db.query(readFileSync(join(dbRoot, 'rebuild', 'catalog.sql'), 'utf8'))
  return JSON.stringify(Object.fromEntries(rows.map(row => [row.key, row.value])), null, 1) + '\n'
}

export const writeContracts = async (db: Client): Promise<void> => writeFileSync(catalogFile, await readCatalog(db))

/** Throws, naming what differs, when the committed snapshot is not what the database says. */
export const checkContracts = async (db: Client): Promise<void> => {
  const committed: Record<string, unknown> = existsSync(catalogFile) ? JSON.parse(readFileSync(catalogFile, 'utf8')) : {}
  const actual: Record<string, unknown> = JSON.parse(await readCatalog(db))
  const drifted = [...new Set([...Object.keys(committed), ...Object.keys(actual)])]
    .filter(key => JSON.stringify(committed[key]) !== JSON.stringify(actual[key]))
  if (drifted.length > 0) {
    throw new Error(`db/contracts/catalog.json differs from the database in:\n  ${drifted.join('\n  ')}\nRun \`npm run contracts\` and commit the result.`)
  }
}
