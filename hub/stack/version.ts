import { readdirSync } from 'node:fs'
import { inRoot } from './bootstrap/paths.mjs'
import { Refusal } from './bootstrap/refusal.mjs'
import { readJson, writeJson } from './json-file.ts'
import { postgresMajor } from './postgres.ts'

/** Which Petri wrote a data folder, and which its database needs at least. */
export interface Version {
  postgres: number
  migration: string
}

export const ownVersion = (): Version => ({
  postgres: postgresMajor,
  migration: readdirSync(inRoot('db', 'migrations')).sort().at(-1) ?? '',
})

/** Whether the data folder holds a finished lab; refuses one that this version cannot open. */
export function hasLab(file: string): boolean {
  const found = readJson<Version>(file)
  if (!found) return false
  const own = ownVersion()
  if (found.postgres > own.postgres || found.migration > own.migration) throw new Refusal(tooNew(found, own))
  if (found.postgres < own.postgres) throw new Refusal(tooOld(found, own))
  return true
}

export const recordVersion = (file: string): void => writeJson(file, ownVersion())

const tooNew = (found: Version, own: Version) =>
  `The data folder is of a newer version (PostgreSQL ${found.postgres}, ${found.migration}) than this one (PostgreSQL ${own.postgres}, ${own.migration}): update Petri (git pull), or use another --data-dir.`

const tooOld = (found: Version, own: Version) =>
  `The data folder is of PostgreSQL ${found.postgres}, this version uses ${own.postgres}: run \`npm run dump\` with the version that made it, then \`npm run restore -- FILE\` here.`
