import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { inRoot, inTools } from '../../hub/stack/bootstrap/paths.mjs'
import { hashPassword } from '../../hub/stack/people.ts'
import { freePort } from '../../hub/stack/ports.ts'

export const serviceToken = 'service-token-of-the-gateway'

/** JupyterHub by itself, as `npm start` runs it, with a data folder of its own. */
export interface HubProcess {
  url: string
  hubUrl: string
  dataDir: string
  notebooksDir: string
  passwordsFile: string
  child: ChildProcess
  stop(): Promise<void>
}

/** People's passwords are `pw-<login>`. The folder's name has a space, since a person's may. */
export async function startHub(people: string[]): Promise<HubProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'petri hub '))
  const notebooksDir = mkdtempSync(join(tmpdir(), 'petri-notebooks-'))
  const passwordsFile = join(dataDir, 'passwords.json')
  writePasswords(passwordsFile, people)
  const ports = await pickPorts()
  const env = { ...process.env, ...environment(dataDir, notebooksDir, passwordsFile, ports) }
  const log = openSync(join(dataDir, 'hub.log'), 'a')
  // People are looked up again each second instead of each five minutes, so that the tests see it happen.
  const args = ['-m', 'jupyterhub', '-f', inRoot('jupyterhub_config.py'), '--Authenticator.auth_refresh_age=1']
  const child = spawn(inTools('venv', 'bin', 'python'), args, { env, stdio: ['ignore', log, log], cwd: dataDir })
  const url = `http://127.0.0.1:${ports[0]}`
  const hub = { url, hubUrl: `http://127.0.0.1:${ports[1]}/hub`, dataDir, notebooksDir, passwordsFile, child, stop: () => stop(child, dataDir, notebooksDir) }
  await untilHealthy(hub)
  return hub
}

export function writePasswords(file: string, people: string[]): void {
  writeFileSync(file, JSON.stringify(Object.fromEntries(people.map((login) => [login, hashPassword(`pw-${login}`)]))))
}

/** Public address, Hub, the proxy's own, and the gateway's, where nobody listens. */
async function pickPorts(): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < 4) ports.push(await freePort(0, ports))
  return ports
}

function environment(dataDir: string, notebooksDir: string, passwordsFile: string, ports: number[]): Record<string, string> {
  const [publicPort, hubPort, proxyPort, gatewayPort] = ports.map(String) as [string, string, string, string]
  return {
    PETRI_PUBLIC_PORT: publicPort,
    PETRI_HUB_PORT: hubPort,
    PETRI_PROXY_API_PORT: proxyPort,
    PETRI_GATEWAY_PORT: gatewayPort,
    PETRI_SERVICE_TOKEN: serviceToken,
    CONFIGPROXY_AUTH_TOKEN: 'proxy-token',
    PETRI_DATA_DIR: dataDir,
    PETRI_PASSWORDS_FILE: passwordsFile,
    PETRI_NODE: process.execPath,
    PETRI_TSLAB: inRoot('node_modules', 'tslab', 'bin', 'tslab'),
    PETRI_NOTEBOOKS_DIR: notebooksDir,
    PETRI_CLIENT_DIR: inRoot('kernel-lib'),
  }
}

async function untilHealthy({ url, child, dataDir }: HubProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}/hub/health`).catch(() => undefined)
    if (answer?.ok) return
    if (child.exitCode !== null) break
    await setTimeout(200)
  }
  throw new Error(`JupyterHub did not start: ${readFileSync(join(dataDir, 'hub.log'), 'utf8').slice(-2000)}`)
}

async function stop(child: ChildProcess, ...folders: string[]): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
