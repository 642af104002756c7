import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { Refusal } from './bootstrap/refusal.mjs'
import type { Program } from './keeper.ts'
import type { Places } from './places.ts'
import { findPostgresUser, own, placeBinaries, placeData, type PostgresUser } from './postgres-user.ts'
import type { Secrets } from './secrets.ts'

export const postgresMajor = 18

const settings = {
  listen_addresses: '127.0.0.1',
  shared_buffers: '64MB',
  max_connections: '60',
  // A lab's queries are short; compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_min_duration_statement: '1000',
  unix_socket_permissions: '0700',
}

// The bootstrap superuser enters by the socket alone, the login roles by the loopback address alone.
const hba = `local all postgres scram-sha-256
host petri authenticator,worker,migrator 127.0.0.1/32 scram-sha-256
`

/** Makes an empty cluster whose superuser has the lab's own password. */
export function initCluster(places: Places, secrets: Secrets): void {
  const user = findPostgresUser()
  placeData(places, user)
  const passwordFile = placePassword(places, user, secrets.roles.postgres)
  try {
    initdb(user, places, passwordFile)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeFileSync(join(places.postgres, 'pg_hba.conf'), hba)
}

/** In the socket's folder, which the user can enter wherever the lab is. */
function placePassword(places: Places, user: PostgresUser | undefined, password: string): string {
  makeSocketDir(places, user)
  const file = join(places.socketDir, 'initial-password')
  writeFileSync(file, password, { mode: 0o600 })
  own(file, user)
  return file
}

function initdb(user: PostgresUser | undefined, places: Places, passwordFile: string): void {
  const flags = ['--username=postgres', '--locale=C.UTF-8', '--encoding=UTF8', '--auth=scram-sha-256', '--no-instructions']
  const args = ['-D', realpathSync(places.postgres), ...flags, `--pwfile=${passwordFile}`]
  const { status, stderr, error } = spawnSync(join(placeBinaries(user), 'initdb'), args, { ...user, cwd: '/', encoding: 'utf8', env: { PATH: process.env.PATH } })
  if (status === 0) return
  appendFileSync(join(places.logs, 'postgres.log'), `${error ?? ''}${stderr ?? ''}`)
  throw new Refusal(`PostgreSQL could not make its data folder: ${error?.message ?? stderr.trim().split('\n').at(-1)}; see ${places.logs}/postgres.log`)
}

function makeSocketDir({ socketDir }: Places, user: PostgresUser | undefined): void {
  mkdirSync(socketDir, { recursive: true })
  own(socketDir, user)
  chmodSync(socketDir, 0o700)
}

export function postgresProgram(places: Places, port: number, secrets: Secrets): Program {
  const user = findPostgresUser()
  makeSocketDir(places, user)
  const all = { ...settings, port, unix_socket_directories: places.socketDir }
  return {
    name: 'postgres',
    command: join(placeBinaries(user), 'postgres'),
    // The link itself may be in a folder that the user cannot enter.
    args: ['-D', realpathSync(places.postgres), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: '/',
    user,
    isReady: () => isReady(places, port, secrets),
    // Fast shutdown: ends sessions, writes a checkpoint.
    stopSignal: 'SIGINT',
  }
}

async function isReady(places: Places, port: number, secrets: Secrets): Promise<boolean> {
  await asSuperuser(places, port, secrets, 'postgres', (db) => db.query('select 1'))
  return true
}

/** Runs `work` as the bootstrap superuser: only when a lab is made, dumped or restored. */
export async function asSuperuser<T>(places: Places, port: number, { roles }: Secrets, database: string, work: (db: Client) => Promise<T>): Promise<T> {
  const db = new Client({ host: places.socketDir, port, database, user: 'postgres', password: roles.postgres, connectionTimeoutMillis: 5000 })
  // A connection that is lost fails the query that runs on it; told as an event too, it would end this process.
  db.on('error', () => {})
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
