import assert from 'node:assert/strict'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { packFolder, unpack } from './archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'petri-archive-'))

test('a folder comes back as it was, from a file that only its owner reads', async () => {
  mkdirSync(join(folder, 'in/users/dina'), { recursive: true })
  writeFileSync(join(folder, 'in/users/dina/µ "notes".ipynb'), Buffer.from([0, 255, 10]))
  writeFileSync(join(folder, 'in/empty'), '')
  await packFolder(join(folder, 'in'), join(folder, 'a.tar.gz'))
  await unpack(join(folder, 'a.tar.gz'), join(folder, 'out'))
  assert.deepEqual([...readFileSync(join(folder, 'out/users/dina/µ "notes".ipynb'))], [0, 255, 10])
  assert.equal(statSync(join(folder, 'out/empty')).size, 0)
  assert.equal(statSync(join(folder, 'a.tar.gz')).mode & 0o777, 0o600)
})

test('a name that leads out of the folder is refused', async () => {
  const tar = pack()
  tar.entry({ name: '../escaped' }, 'x')
  tar.finalize()
  await pipeline(tar, createGzip(), createWriteStream(join(folder, 'bad.tar.gz')))
  await assert.rejects(unpack(join(folder, 'bad.tar.gz'), join(folder, 'out')), /no dump of Petri's: it holds the name \.\.\/escaped/)
  assert.equal(existsSync(join(folder, 'escaped')), false)
})
