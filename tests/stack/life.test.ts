/** A lab leaves its machine in one file, comes back the same on another, and survives the violent end of its supervisor. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { unpack } from '../../hub/stack/archive.ts'
import type { StackDescription } from '../../hub/stack/description.ts'
import type { Manifest } from '../../hub/stack/dumped.ts'
import { readJson } from '../../hub/stack/json-file.ts'
import { openBucket, hashOfFile } from '../../hub/stack/objects.ts'
import { placesIn } from '../../hub/stack/places.ts'
import { removeData } from '../../hub/stack/postgres-user.ts'
import { command, processesOf, startLab, toEnd } from './command.ts'

const source = readJson<StackDescription>(process.env.PETRI_STACK!)!
const folder = mkdtempSync('/tmp/petri life ')
const dataDir = join(folder, 'data')
const places = placesIn(dataDir)

after(() => {
  removeData(places)
  rmSync(folder, { recursive: true })
})

const readDump = async (name: string): Promise<Manifest> => {
  await unpack(join(folder, `${name}.tar.gz`), join(folder, name))
  return readJson<Manifest>(join(folder, name, 'manifest.json'))!
}

test('a running lab is dumped whole', async () => {
  writeFileSync(join(folder, 'bytes'), 'bytes of a result')
  const object = { key: 'a lab/ä&b', sizeBytes: 17, sha256: await hashOfFile(join(folder, 'bytes')), mediaType: 'application/x-petri-test' }
  await openBucket(source.store.endpoint, source.store.root).put(object, join(folder, 'bytes'))
  const { code, told } = await toEnd(command('dump', { 'data-dir': source.dataDir, rest: [join(folder, 'first.tar.gz')] }))
  assert.equal(code, 0, told)
  const { tables, objects } = await readDump('first')
  assert.ok(tables.find(({ name }) => name === 'lab.samples')!.rows > 0)
  assert.deepEqual(objects.find(({ key }) => key === object.key), object)
})

test('it is restored with the same people into an empty folder, and into no other', async () => {
  const restore = () => toEnd(command('restore', { 'data-dir': dataDir, rest: [join(folder, 'first.tar.gz')] }))
  const { code, told } = await restore()
  assert.equal(code, 0, told)
  assert.deepEqual(readJson(join(places.secrets, 'people.json')), source.people)
  assert.match((await restore()).told, /holds a lab already: name an empty folder with --data-dir, or delete that lab with --reset/)
})

test('kill -9 of the supervisor leaves no process, and the next start finds everything', async () => {
  const lab = await startLab(dataDir)
  const { mark } = JSON.parse(readFileSync(places.lockFile, 'utf8')) as { mark: string }
  assert.ok(processesOf(places.dataDir, mark).length >= 5)
  lab.kill('SIGKILL')
  for (let waited = 0; waited < 100 && processesOf(places.dataDir, mark).length > 0; waited += 1) await sleep(100)
  assert.deepEqual(processesOf(places.dataDir, mark), [])

  const again = await startLab(dataDir)
  const dumped = await toEnd(command('dump', { 'data-dir': dataDir, rest: [join(folder, 'second.tar.gz')] }))
  again.kill('SIGTERM')
  await once(again, 'close')
  assert.equal(dumped.code, 0, dumped.told)
  assert.equal(existsSync(places.lockFile), false)
})

test('what came back is what was: every table, object and sequence', async () => {
  const [first, second] = [await readDump('first'), await readDump('second')]
  // The log's events keep their order but not their transaction ids, which belong to one cluster; the worker empties its requests.
  const mayDiffer = new Set(['audit.events', 'audit.positions', 'audit.sequencer', 'private.job_requests'])
  const facts = ({ tables }: Manifest) => tables.filter(({ name }) => !mayDiffer.has(name)).map(({ name, rows, sha256 }) => `${name} ${rows} ${sha256}`).sort()
  assert.deepEqual(facts(second), facts(first))
  const events = ({ tables }: Manifest) => tables.find(({ name }) => name === 'audit.events')!.rows
  assert.equal(events(second), events(first))
  assert.deepEqual(second.objects, first.objects)
})

test('a folder of a newer version is refused in one line', async () => {
  writeFileSync(places.versionFile, JSON.stringify({ postgres: 99, migration: '9999_from_the_future.sql' }))
  const { code, told } = await toEnd(command('main', { 'data-dir': dataDir, port: 0 }))
  assert.equal(code, 1)
  assert.match(told, /^The data folder is of a newer version \(PostgreSQL 99, .*\): update Petri/)
})
