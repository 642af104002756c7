import { existsSync } from 'node:fs'
import { inRoot, inTools } from './bootstrap/paths.mjs'
import { databaseUrl, type LoginRole } from './database.ts'
import { bucket, region, storeUrl } from './objectstore.ts'
import { passwordsFile, type Person } from './people.ts'
import type { Places } from './places.ts'
import type { Ports } from './ports.ts'
import { jwksFile, signingKeyFile, type Secrets, type StoreKey } from './secrets.ts'

/** A running stack, as told to tests, smoke checks and benches by the file that PETRI_STACK names. */
export interface StackDescription {
  pid: number
  root: string
  dataDir: string
  logs: string
  /** `public` is what people open; `gateway` ends in `/services/petri`; `rest` is PostgREST itself. */
  urls: { public: string; hub: string; gateway: string; publicGateway: string; graphql: string; rest: string; store: string; worker: string }
  databases: Record<LoginRole, string>
  store: { endpoint: string; region: string; bucket: string; user: StoreKey; root: StoreKey }
  people: Person[]
  serviceToken: string
  signingKeyFile: string
  jwksFile: string
  passwordsFile: string
  node: string
  venv: string
  python: string
  /** A Chromium that runs headless, if one was found or fetched (`npm test` and `npm run smoke` see to it). */
  chromium: string | null
}

export function describeStack(places: Places, ports: Ports, secrets: Secrets, people: Person[]): StackDescription {
  const { storeUser, storeRoot, serviceToken } = secrets
  const url = (role: LoginRole) => databaseUrl(role, ports.postgres, secrets)
  return {
    pid: process.pid,
    root: inRoot(),
    dataDir: places.dataDir,
    logs: places.logs,
    urls: urlsOf(ports),
    databases: { authenticator: url('authenticator'), worker: url('worker'), migrator: url('migrator') },
    store: { endpoint: storeUrl(ports), region, bucket, user: storeUser, root: storeRoot },
    people,
    serviceToken,
    signingKeyFile: signingKeyFile(places.secrets),
    jwksFile: jwksFile(places.secrets),
    passwordsFile: passwordsFile(places.secrets),
    node: process.execPath,
    venv: inTools('venv'),
    python: inTools('venv', 'bin', 'python'),
    chromium: existsSync(inTools('browser')) ? inTools('browser') : null,
  }
}

function urlsOf(ports: Ports): StackDescription['urls'] {
  const local = (port: number) => `http://127.0.0.1:${port}`
  return {
    public: local(ports.public),
    hub: local(ports.hub),
    gateway: `${local(ports.gateway)}/services/petri`,
    publicGateway: `${local(ports.public)}/services/petri`,
    graphql: `${local(ports.gateway)}/services/petri/graphql`,
    rest: local(ports.rest),
    store: storeUrl(ports),
    worker: local(ports.worker),
  }
}
