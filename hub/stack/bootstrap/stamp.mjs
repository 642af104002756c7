import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'

const generated = new Set(['node_modules', 'generated', 'dist', 'lib', 'labextension', '__pycache__', 'test-results'])

/** sha256 over strings and over the names and bytes of files and folders (paths begin with `/`; absent ones count as absent). */
export function hashOf(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) {
    hash.update(`${input}\0`)
    for (const file of input.startsWith('/') ? filesIn(input) : []) hash.update(`${file}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => !generated.has(name) && !name.endsWith('.tsbuildinfo'))
  return names.sort().flatMap((name) => filesIn(join(path, name)))
}

const stampFile = (id) => inRoot('.petri', 'stamps', id)

export function isStamped(id, hash) {
  return existsSync(stampFile(id)) && readFileSync(stampFile(id), 'utf8') === hash
}

export function stamp(id, hash) {
  mkdirSync(inRoot('.petri', 'stamps'), { recursive: true })
  writeFileSync(stampFile(id), hash)
}
