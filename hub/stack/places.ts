import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** Where each thing of one lab is kept. `id` is short, the same at each start, and names the lab on this machine. */
export interface Places {
  id: string
  dataDir: string
  postgres: string
  /** PostgreSQL's socket; outside the data folder, since a socket's path may have 107 characters at most. */
  socketDir: string
  objects: string
  storeUsers: string
  secrets: string
  users: string
  logs: string
  portsFile: string
  versionFile: string
  lockFile: string
  descriptionFile: string
}

export function placesIn(dataDir: string): Places {
  mkdirSync(dataDir, { recursive: true })
  const real = realpathSync(dataDir)
  const id = createHash('sha256').update(real).digest('hex').slice(0, 10)
  const at = (name: string) => join(real, name)
  return {
    id,
    dataDir: real,
    postgres: at('postgres'),
    socketDir: `/tmp/petri-${id}`,
    objects: at('objects'),
    storeUsers: at('secrets/store-users'),
    secrets: at('secrets'),
    users: at('users'),
    logs: at('logs'),
    portsFile: at('ports.json'),
    versionFile: at('version.json'),
    lockFile: at('lock.json'),
    descriptionFile: at('secrets/stack.json'),
  }
}
