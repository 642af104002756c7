/** The law as files: what there is to apply, each with the hash that tells whether it changed. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const dbRoot = fileURLToPath(new URL('..', import.meta.url))

export type Source = {
  /** Path below `db/`, with forward slashes. */
  path: string
  sql: string
  /** SHA-256 of `sql`, hexadecimal. */
  sha256: string
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Every `.sql` file below a folder of `db/`, or of another copy of it, in path order. */
export const readSources = (folder: string, root: string = dbRoot): Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => {
      const file = join(root, folder, name)
      const sql = readFileSync(file, 'utf8')
      return { path: relative(root, file).replaceAll('\\', '/'), sql, sha256: sha256(sql) }
    })
