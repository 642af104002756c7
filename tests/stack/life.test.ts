/** A lab leaves its machine in one file, comes back the same on another, and survives the violent end of its supervisor. */
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { unpack } from '../../hub/stack/archive.ts'
import type { StackDescription } from '../../hub/stack/description.ts'
import type { Manifest } from '../../hub/stack/dumped.ts'
import { readJson } from '../../hub/stack/json-file.ts'
import { openBucket, hashOfFile } from '../../hub/stack/objects.ts'
import { placesIn } from '../../hub/stack/places.ts'
import type { Ports } from '../../hub/stack/ports.ts'
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

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
    if (await holds()) return
    await sleep(50)
  }
  assert.fail(`not within 20 s; still there: ${processesOf(places.dataDir, markOf()).map(({ line }) => line).join('; ')}`)
}

const readDump = async (name: string): Promise<Manifest> => {
  await unpack(join(folder, `${name}.tar.gz`), join(folder, name))
  return readJson<Manifest>(join(folder, name, 'manifest.json'))!
}

test('a running lab is dumped whole', async () => {
  writeFileSync(join(folder, 'bytes'), 'bytes of a result')
  const object = { key: 'a lab/ä&b', sizeBytes: 17, sha256: await hashOfFile(join(folder, 'bytes')), mediaType: 'application/x-petri-test' }
  await openBucket(source.store.endpoint, source.store.root).put(object, join(folder, 'bytes'))
  const { code, text } = await toEnd(command('dump', { 'data-dir': source.dataDir, rest: [join(folder, 'first.tar.gz')] }))
  assert.equal(code, 0, text)
  const { tables, objects } = await readDump('first')
  assert.ok(tables.find(({ name }) => name === 'lab.samples')!.rows > 0)
  assert.deepEqual(objects.find(({ key }) => key === object.key), object)
})

test('it is restored with the same people into an empty folder, and into no other', async () => {
  const restore = () => toEnd(command('restore', { 'data-dir': dataDir, rest: [join(folder, 'first.tar.gz')] }))
  const { code, text } = await restore()
  assert.equal(code, 0, text)
  assert.deepEqual(readJson(join(places.secrets, 'people.json')), source.people)
  assert.match((await restore()).told, /holds a lab already: name an empty folder with --data-dir, or delete that lab with --reset/)
})

const markOf = () => readJson<{ mark: string }>(places.lockFile)!.mark
const restAnswers = () => fetch(`http://127.0.0.1:${readJson<Ports>(places.portsFile)!.rest}/`).then(() => true, () => false)
let lab: ChildProcess

test('a program that ends by itself is started again', async () => {
  lab = await startLab(dataDir)
  const died = processesOf(places.dataDir, markOf()).find(({ line }) => /postgrest/.test(line))!
  process.kill(died.pid, 'SIGKILL')
  await until(async () => !(await restAnswers()))
  await until(restAnswers)
})

test('kill -9 of the supervisor leaves no process, and the next start finds everything', async () => {
  const mark = markOf()
  assert.ok(processesOf(places.dataDir, mark).length >= 5)
  lab.kill('SIGKILL')
  await until(async () => processesOf(places.dataDir, mark).length === 0)

  const again = await startLab(dataDir)
  const dumped = await toEnd(command('dump', { 'data-dir': dataDir, rest: [join(folder, 'second.tar.gz')] }))
  again.kill('SIGTERM')
  await once(again, 'close')
  assert.equal(dumped.code, 0, dumped.text)
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
