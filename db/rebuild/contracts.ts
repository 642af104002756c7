/** What is generated from the law and committed: each change of the law shows in it, and CI fails when it drifts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { referenceOfApi, referenceOfRefusals } from './reference.ts'
import { dbRoot } from './sources.ts'

/** A generated file: its path below the repository, and how to make its text from the database. */
type Contract = { path: string, make: (db: Client) => Promise<string> }

const contracts: Contract[] = [
  { path: 'db/contracts/catalog.json', make: readCatalog },
  { path: 'db/contracts/units.json', make: readUnits },
  { path: 'docs/reference/api.md', make: referenceOfApi },
  { path: 'docs/reference/refusals.md', make: referenceOfRefusals },
]

const fileOf = (contract: Contract): string => join(dbRoot, '..', contract.path)

async function readCatalog(db: Client): Promise<string> {
  const { rows } = await db.query(readFileSync(join(dbRoot, 'rebuild', 'catalog.sql'), 'utf8'))
  return JSON.stringify(Object.fromEntries(rows.map(row => [row.key, row.value])), null, 1) + '\n'
}

/** Units that every lab may use, by code: what a client can know of before it meets a lab. */
async function readUnits(db: Client): Promise<string> {
  const { rows } = await db.query('select code, name from private.known_units where common order by code collate "C"')
  return JSON.stringify(Object.fromEntries(rows.map(row => [row.code, row.name])), null, 1) + '\n'
}

export const writeContracts = async (db: Client): Promise<void> => {
  for (const contract of contracts) writeFileSync(fileOf(contract), await contract.make(db))
}

/** Throws, naming what differs, when a committed file is not what the database says. */
export const checkContracts = async (db: Client): Promise<void> => {
  const drifted: string[] = []
  for (const contract of contracts) {
    const committed = existsSync(fileOf(contract)) ? readFileSync(fileOf(contract), 'utf8') : ''
    const actual = await contract.make(db)
    if (committed !== actual) drifted.push(contract.path + differences(committed, actual))
  }
  if (drifted.length > 0) {
    throw new Error(`Generated files differ from the database:\n${drifted.join('\n')}\nRun \`npm run contracts\` and commit the result.`)
  }
}

const differences = (committed: string, actual: string): string => {
  const [before, after] = [new Set(committed.split('\n')), new Set(actual.split('\n'))]
  const gone = [...before].filter(line => !after.has(line)).map(line => `  - ${line.trim()}`)
  const come = [...after].filter(line => !before.has(line)).map(line => `  + ${line.trim()}`)
  return ['', ...gone, ...come].slice(0, 20).join('\n')
}
