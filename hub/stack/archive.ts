import { createReadStream, createWriteStream, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { Refusal } from './bootstrap/refusal.mjs'

/** Packs a folder's files into one `.tar.gz` that only its owner can read. */
export async function packFolder(folder: string, file: string): Promise<void> {
  const tar = pack()
  const written = pipeline(tar, createGzip({ level: 3 }), createWriteStream(file, { mode: 0o600, flags: 'wx' }))
  const added = addFiles(tar, folder)
  await Promise.all([written, added])
}

async function addFiles(tar: ReturnType<typeof pack>, folder: string): Promise<void> {
  for (const path of filesBelow(folder)) {
    const entry = tar.entry({ name: relative(folder, path), size: statSync(path).size, mode: 0o600 })
    await pipeline(createReadStream(path), entry)
  }
  tar.finalize()
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
}

/** Unpacks what `packFolder` made; refuses names that lead out of the folder. */
export async function unpack(file: string, folder: string): Promise<void> {
  const tar = extract()
  const read = pipeline(createReadStream(file), createGunzip(), tar)
  await Promise.all([read, writeFiles(tar, folder)])
}

async function writeFiles(tar: ReturnType<typeof extract>, folder: string): Promise<void> {
  for await (const entry of tar) {
    const name = normalize(entry.header.name)
    if (name.startsWith('..') || name.startsWith('/')) throw new Refusal(`This is no dump of Petri's: it holds the name ${entry.header.name}.`)
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    await pipeline(entry, createWriteStream(join(folder, name), { mode: 0o600 }))
  }
}
