import { readFileSync } from 'node:fs'
import { inRoot } from './bootstrap/paths.mjs'
import type { Places } from './places.ts'
import { asSuperuser } from './postgres.ts'
import { runScript } from './script.ts'
import type { Secrets } from './secrets.ts'

export type LoginRole = 'authenticator' | 'worker' | 'migrator'
const loginRoles: LoginRole[] = ['authenticator', 'worker', 'migrator']

export const databaseUrl = (role: LoginRole, port: number, { roles }: Secrets): string =>
  `postgres://${role}:${roles[role]}@127.0.0.1:${port}/petri`

/** Makes the database and the roles: all that needs a superuser. */
export async function createDatabase(places: Places, port: number, secrets: Secrets): Promise<void> {
  await asSuperuser(places, port, secrets, 'postgres', (db) => db.query('create database petri'))
  await asSuperuser(places, port, secrets, 'petri', async (db) => {
    await db.query(readFileSync(inRoot('db', 'roles.sql'), 'utf8'))
    for (const role of loginRoles) await db.query(`alter role ${role} password ${db.escapeLiteral(secrets.roles[role])}`)
  })
}

/** Brings the law up to date, as `migrator`; `demo` also loads the demo lab, once. */
export async function migrate(command: 'up' | 'demo', places: Places, port: number, secrets: Secrets): Promise<void> {
  await runScript('migrate', inRoot('db', 'migrate.ts'), [command], places, { PETRI_MIGRATOR_URL: databaseUrl('migrator', port, secrets) })
}
