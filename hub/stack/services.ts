import { dirname } from 'node:path'
import { inRoot, inTools } from './bootstrap/paths.mjs'
import { databaseUrl } from './database.ts'
import { answers } from './http.ts'
import type { Program } from './keeper.ts'
import { passwordsFile } from './people.ts'
import type { Places } from './places.ts'
import type { Ports } from './ports.ts'
import { signingKeyFile, type Secrets } from './secrets.ts'

const local = (port: number) => `http://127.0.0.1:${port}`
export const venvBin = (name: string): string => inTools('venv', 'bin', name)

/** The one that signs tokens, serves GraphQL and passes REST on. */
export function gatewayProgram(places: Places, ports: Ports, secrets: Secrets): Program {
  return {
    name: 'gateway',
    command: process.execPath,
    args: [inRoot('hub', 'gateway', 'main.ts')],
    env: {
      PETRI_DATABASE_URL: databaseUrl('authenticator', ports.postgres, secrets),
      PETRI_POSTGREST_URL: local(ports.rest),
      PETRI_GATEWAY_PORT: String(ports.gateway),
      PETRI_SIGNING_KEY_FILE: signingKeyFile(places.secrets),
      PETRI_PUBLIC_URL: local(ports.public),
      JUPYTERHUB_API_URL: `${local(ports.hub)}/hub/api`,
      JUPYTERHUB_API_TOKEN: secrets.serviceToken,
      JUPYTERHUB_SERVICE_PREFIX: '/services/petri/',
    },
    isReady: () => answers(`${local(ports.gateway)}/services/petri/healthz`),
  }
}

/** Verifies uploads and runs the sequencer. */
export function workerProgram(ports: Ports, secrets: Secrets): Program {
  return {
    name: 'worker',
    command: process.execPath,
    args: [inRoot('hub', 'worker', 'main.ts')],
    env: { PETRI_WORKER_DATABASE_URL: databaseUrl('worker', ports.postgres, secrets), PETRI_WORKER_HEALTH_PORT: String(ports.worker) },
    isReady: () => answers(`${local(ports.worker)}/healthz`),
  }
}

/** JupyterHub with its proxy, the address that people open. */
export function hubProgram(places: Places, ports: Ports, secrets: Secrets): Program {
  return {
    name: 'jupyterhub',
    command: venvBin('python'),
    args: ['-m', 'jupyterhub', '-f', inRoot('jupyterhub_config.py')],
    cwd: places.dataDir,
    env: {
      PATH: `${venvBin('')}:${dirname(process.execPath)}:${process.env.PATH}`,
      PETRI_PUBLIC_PORT: String(ports.public),
      PETRI_HUB_PORT: String(ports.hub),
      PETRI_PROXY_API_PORT: String(ports.proxyApi),
      PETRI_GATEWAY_PORT: String(ports.gateway),
      PETRI_SERVICE_TOKEN: secrets.serviceToken,
      CONFIGPROXY_AUTH_TOKEN: secrets.proxyToken,
      PETRI_DATA_DIR: places.dataDir,
      PETRI_PASSWORDS_FILE: passwordsFile(places.secrets),
      PETRI_NODE: process.execPath,
      PETRI_TSLAB: inRoot('node_modules', 'tslab', 'bin', 'tslab'),
      PETRI_NOTEBOOKS_DIR: inRoot('notebooks'),
      PETRI_CLIENT_DIR: inRoot('kernel-lib'),
    },
    isReady: () => answers(`${local(ports.public)}/hub/health`),
  }
}
