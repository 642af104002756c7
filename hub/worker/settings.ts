/** What the worker is told by its environment. */
export interface Settings {
  /** PostgreSQL as `worker`. */
  databaseUrl: string
  healthPort: number
  /** Loopback, unless a container's network is the boundary. */
  host: string
}

/** @throws Error naming the first variable that is missing. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const required = (name: string): string => {
    const value = env[name]
    if (!value) throw new Error(`${name} is not set`)
    return value
  }
  return {
    databaseUrl: required('PETRI_WORKER_DATABASE_URL'),
    healthPort: Number(required('PETRI_WORKER_HEALTH_PORT')),
    host: env.PETRI_WORKER_HOST ?? '127.0.0.1',
  }
}
