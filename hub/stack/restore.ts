import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { rebuildLogic } from '../../db/rebuild/logic.ts'
import { applyMigrations } from '../../db/rebuild/migrations.ts'
import { readSources } from '../../db/rebuild/sources.ts'
import { Refusal } from './bootstrap/refusal.mjs'
import { say, showStep } from './bootstrap/terminal.mjs'
import { unpack } from './archive.ts'
import { databaseUrl } from './database.ts'
import type { DumpedTable, Manifest } from './dumped.ts'
import { runCommand } from './ending.ts'
import { readJson } from './json-file.ts'
import { openBucket } from './objects.ts'
import { storeUrl } from './objectstore.ts'
import { writePeople, type Person } from './people.ts'
import { placesIn } from './places.ts'
import { asSuperuser } from './postgres.ts'
import { reset } from './reset.ts'
import { Stack } from './stack.ts'
import { copyIn, copyOut, steadySettings } from './tables.ts'
import { hasLab, ownVersion } from './version.ts'

// `npm run restore -- FILE`: the lab under the law it was dumped with, proven row by row, then brought up to this version's law.

interface Options {
  'data-dir': string
  reset?: boolean
  yes?: boolean
  verbose?: boolean
  rest: string[]
}

async function restore({ 'data-dir': dataDir, verbose = false, rest: [name], ...options }: Options): Promise<number> {
  if (!name) throw new Refusal('Say which file to restore: npm run restore -- FILE', 2)
  const file = resolve(process.env.INIT_CWD ?? '.', name)
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`)
  if (options.reset) await reset(dataDir, options)
  const places = placesIn(dataDir)
  if (hasLab(places.versionFile)) throw new Refusal(`${dataDir} holds a lab already: name an empty folder with --data-dir, or delete that lab with --reset.`)
  const folder = mkdtempSync(join(places.dataDir, 'restore-'))
  try {
    await showStep('one file', () => unpack(file, folder))
    const manifest = readManifest(folder)
    await restoreFrom(folder, manifest, { dataDir, verbose })
    console.log(`${manifest.tables.length} tables and ${manifest.objects.length} objects are what they were; the lab is in ${dataDir}: npm start`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
}

function readManifest(folder: string): Manifest {
  const manifest = readJson<Manifest>(join(folder, 'manifest.json'))
  if (manifest?.format !== 1) throw new Refusal('This is no dump of Petri’s, or one of a newer version: update Petri (git pull).')
  const newest = readSources('migrations', join(folder, 'law')).at(-1)?.path ?? ''
  if (newest > `migrations/${ownVersion().migration}`) throw new Refusal(`The dump is of a newer version (${newest}): update Petri (git pull) and restore again.`)
  return manifest
}

async function restoreFrom(folder: string, manifest: Manifest, { dataDir, verbose }: { dataDir: string; verbose: boolean }): Promise<void> {
  const stack = await Stack.open({ dataDir, port: 0, demo: false, verbose })
  try {
    await Promise.all([stack.startDatabase(), stack.startObjectStore()])
    await showStep('the law of the dump', () => applyLawOf(folder, stack))
    await showStep('rows', () => asSuperuser(stack.places, stack.ports.postgres, stack.secrets, 'petri', (db) => loadRows(db, manifest, join(folder, 'tables'))))
    writePeople(stack.places.secrets, readJson<Person[]>(join(folder, 'people.json')) ?? [])
    restoreNotebooks(folder, stack.places.users)
    // Only now does the folder count as a lab: a restore that was cut short leaves none.
    await stack.applyLaw()
    await stack.furnishStore()
    await showStep('objects', () => loadObjects(stack, manifest, join(folder, 'objects')))
  } finally {
    await stack.stop()
  }
}

function restoreNotebooks(folder: string, users: string): void {
  mkdirSync(users, { recursive: true, mode: 0o700 })
  if (existsSync(join(folder, 'users'))) cpSync(join(folder, 'users'), users, { recursive: true })
}

async function applyLawOf(folder: string, { ports, secrets }: Stack): Promise<void> {
  const db = new Client({ connectionString: databaseUrl('migrator', ports.postgres, secrets) })
  await db.connect()
  try {
    await applyMigrations(db, readSources('migrations', join(folder, 'law')))
    await rebuildLogic(db, { root: join(folder, 'law') })
  } finally {
    await db.end()
  }
}

/** Rows come in as they were, without triggers; then each table is read back and compared. */
async function loadRows(db: Client, { tables, sequences, jobs }: Manifest, folder: string): Promise<void> {
  await db.query(`${steadySettings}; set session_replication_role = replica`)
  await db.query('begin')
  await db.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  for (const table of tables) await copyIn(db, table, join(folder, `${table.name}.copy`))
  for (const table of tables) refuseDifference(table, await copyOut(db, table))
  for (const { name, lastValue, isCalled } of sequences) await db.query('select setval($1, $2, $3)', [name, lastValue, isCalled])
  for (const { task, payload } of jobs) await db.query('insert into private.job_requests (task, payload) values ($1, $2)', [task, JSON.stringify(payload)])
  await db.query(settleLog)
  await db.query('commit')
  await db.query('vacuum (analyze)')
}

function refuseDifference(before: DumpedTable, after: DumpedTable): void {
  if (before.rows === after.rows && before.sha256 === after.sha256) return
  throw new Refusal(`${before.name} came back with ${after.rows} rows for ${before.rows}, or with other values: the file is damaged; nothing was restored.`)
}

// Transaction ids mean something within one cluster only. Events that the sequencer had not yet reached get their place here, in
// the order it would have given; then all count as long past, and its work begins anew after this transaction.
const settleLog = `
  insert into audit.positions (position, event_id)
  select s.last_position + row_number() over (order by e.xid, e.id), e.id
  from audit.events e cross join audit.sequencer s
  where not exists (select from audit.positions p where p.event_id = e.id);
  update audit.events set xid = '3';
  update audit.sequencer
  set last_position = greatest(last_position, (select coalesce(max(position), 0) from audit.positions)), settled_below = pg_current_xact_id()`

async function loadObjects({ ports, secrets }: Stack, { objects }: Manifest, folder: string): Promise<void> {
  const store = openBucket(storeUrl(ports), secrets.storeRoot)
  for (const [n, object] of objects.entries()) {
    await store.put(object, join(folder, String(n)))
    say(`  ${n + 1}/${objects.length} ${object.key}`)
  }
}

await runCommand(() => restore(JSON.parse(process.argv[2] ?? '{}') as Options))
