/** What the gateway is told by its environment, read once at start. */
export interface Settings {
  /** Loopback, unless a container's network is the boundary. */
  host: string
  port: number
  /** Path under which the Hub's proxy serves us, with both slashes. */
  prefix: string
  /** PostgreSQL as `authenticator`. */
  databaseUrl: string
  postgrestUrl: string
  hubApiUrl: string
  /** Private ES256 JWK with a `kid`. */
  signingKeyFile: string
}

/** @throws Error naming the first variable that is missing. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const required = (name: string): string => {
    const value = env[name]
    if (!value) throw new Error(`${name} is not set`)
    return value
  }
  return {
    host: env.PETRI_GATEWAY_HOST ?? '127.0.0.1',
    port: Number(required('PETRI_GATEWAY_PORT')),
    prefix: env.JUPYTERHUB_SERVICE_PREFIX ?? '/services/petri/',
    databaseUrl: required('PETRI_DATABASE_URL'),
    postgrestUrl: required('PETRI_POSTGREST_URL').replace(/\/$/, ''),
    hubApiUrl: required('JUPYTERHUB_API_URL').replace(/\/$/, ''),
    signingKeyFile: required('PETRI_SIGNING_KEY_FILE'),
  }
}
