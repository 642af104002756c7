import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Client } from 'pg'
import { readSources } from '../../db/rebuild/sources.ts'
import { inRoot } from './bootstrap/paths.mjs'
import { Refusal } from './bootstrap/refusal.mjs'
import { showStep } from './bootstrap/terminal.mjs'
import { packFolder } from './archive.ts'
import type { DumpedObject, Manifest } from './dumped.ts'
import { runCommand } from './ending.ts'
import { writeJson } from './json-file.ts'
import { openBucket } from './objects.ts'
import { storeUrl } from './objectstore.ts'
import { peopleFile } from './people.ts'
import { asSuperuser, postgresMajor } from './postgres.ts'
import { withLab, type Lab } from './running.ts'
import { copyOut, listSequences, listTables, steadySettings } from './tables.ts'
import { hasLab } from './version.ts'
import { placesIn } from './places.ts'

// `npm run dump [-- FILE]`: the lab's rows, objects, notebooks, people and law in one file that any later version can restore.

interface Options {
  'data-dir': string
  verbose?: boolean
  rest: string[]
}

const leftBehind = new Set(['node_modules', '.cache', '.ipynb_checkpoints', '.local', '.npm'])

async function dump({ 'data-dir': dataDir, verbose = false, rest: [name] }: Options): Promise<number> {
  const places = placesIn(dataDir)
  if (!hasLab(places.versionFile)) throw new Refusal(`There is no lab in ${dataDir}: start one with \`npm start\`, or name another with --data-dir.`)
  const file = resolve(process.env.INIT_CWD ?? '.', name ?? `petri-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.tar.gz`)
  if (existsSync(file)) throw new Refusal(`${file} is there already: name another file.`)
  const folder = mkdtempSync(join(places.dataDir, 'dump-'))
  try {
    const manifest = await withLab(dataDir, verbose, (lab) => collect(lab, folder))
    await showStep('one file', () => packFolder(folder, file))
    console.log(told(manifest, file))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
}

const told = ({ tables, objects }: Manifest, file: string) =>
  `${file}: ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables, ${objects.length} objects, ${Math.ceil(statSync(file).size / 1e6)} MB.
It holds people's passwords: keep it as you keep those.`

async function collect(lab: Lab, folder: string): Promise<Manifest> {
  for (const name of ['tables', 'objects', 'law']) mkdirSync(join(folder, name))
  const { places, ports, secrets } = lab
  const rows = await showStep('rows', () => asSuperuser(places, ports.postgres, secrets, 'petri', (db) => collectRows(db, join(folder, 'tables'))))
  // Objects are written once and never changed, so those that the rows tell of are all there.
  const objects = await showStep('objects', () => collectObjects(lab, join(folder, 'objects')))
  collectLaw(join(folder, 'law'))
  copyFileSync(peopleFile(places.secrets), join(folder, 'people.json'))
  cpSync(places.users, join(folder, 'users'), { recursive: true, filter: isOwnWork })
  const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), postgres: postgresMajor, ...rows, objects }
  writeJson(join(folder, 'manifest.json'), manifest)
  return manifest
}

const isOwnWork = (path: string): boolean => !leftBehind.has(basename(path)) && (lstatSync(path).isDirectory() || lstatSync(path).isFile())

/** All tables as they stood at one moment. */
async function collectRows(db: Client, folder: string): Promise<Pick<Manifest, 'tables' | 'sequences' | 'jobs'>> {
  await db.query(steadySettings)
  await db.query('begin isolation level repeatable read read only')
  await refuseOtherLaw(db)
  const tables: Manifest['tables'] = []
  for (const table of await listTables(db)) tables.push(await copyOut(db, table, join(folder, `${table.name}.copy`)))
  return { tables, sequences: await listSequences(db), jobs: await listJobs(db) }
}

/** The law goes along as files: they must be those that this database obeys. */
async function refuseOtherLaw(db: Client): Promise<void> {
  const { rows } = await db.query<{ path: string; sha256: string }>(
    'select name as path, sha256 from private.applied_migrations union all select path, sha256 from private.applied_logic',
  )
  const known = new Map(lawFolders.flatMap((folder) => readSources(folder)).map(({ path, sha256 }) => [path, sha256]))
  const other = rows.find(({ path, sha256 }) => known.get(path) !== sha256)
  if (other) throw new Refusal(`The lab obeys another version of ${other.path} than this checkout has: run \`npm start\` once, then dump.`)
}

const lawFolders = ['migrations', 'logic', 'api']

function collectLaw(folder: string): void {
  for (const name of lawFolders) cpSync(inRoot('db', name), join(folder, name), { recursive: true })
}

async function listJobs(db: Client): Promise<Manifest['jobs']> {
  const { rows: [queue] } = await db.query<{ exists: boolean }>(`select to_regclass('graphile_worker._private_jobs') is not null as exists`)
  if (!queue?.exists) return []
  const { rows } = await db.query<{ task: string; payload: unknown }>(`
    select t.identifier as task, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts < j.max_attempts order by j.id`)
  return rows
}

async function collectObjects({ ports, secrets }: Lab, folder: string): Promise<DumpedObject[]> {
  const store = openBucket(storeUrl(ports), secrets.storeRoot)
  const objects: DumpedObject[] = []
  for (const key of await store.list()) objects.push(await store.get(key, join(folder, String(objects.length))))
  return objects
}

await runCommand(() => dump(JSON.parse(process.argv[2] ?? '{}') as Options))
