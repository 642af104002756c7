import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { inTools } from './bootstrap/paths.mjs'
import { answers } from './http.ts'
import type { Program } from './keeper.ts'
import type { Places } from './places.ts'
import type { Ports } from './ports.ts'
import type { Secrets, StoreKey } from './secrets.ts'

export const region = 'us-east-1'
export const bucket = 'petri'

export const storeUrl = (ports: Ports): string => `http://127.0.0.1:${ports.store}`

/** Asks the store as somebody; unlike plain `fetch` it throws where the store refuses. */
export function storeClient({ accessKey, secretKey }: StoreKey) {
  const aws = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region, retries: 0 })
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const reply = await aws.fetch(url, init)
    if (!reply.ok) throw new Error(`object store: ${init.method ?? 'GET'} ${new URL(url).pathname}: ${reply.status} ${await reply.text()}`)
    return reply
  }
}

/** versitygw over a plain folder. */
export function objectStoreProgram(places: Places, ports: Ports, { storeRoot }: Secrets): Program {
  mkdirSync(places.objects, { recursive: true, mode: 0o700 })
  mkdirSync(places.storeUsers, { recursive: true, mode: 0o700 })
  return {
    name: 'objectstore',
    command: inTools('versitygw'),
    args: ['--port', `127.0.0.1:${ports.store}`, '--region', region, '--health', '/health', '--iam-dir', places.storeUsers, '--quiet', 'posix', ...metadataFlags(places), places.objects],
    env: {
      ROOT_ACCESS_KEY: storeRoot.accessKey,
      ROOT_SECRET_KEY: storeRoot.secretKey,
      VGW_CORS_ALLOW_ORIGIN: `http://127.0.0.1:${ports.public}`,
    },
    isReady: () => answers(`${storeUrl(ports)}/health`),
  }
}

/** Metadata lives in extended attributes, or beside the objects where the file system has none. */
function metadataFlags(places: Places): string[] {
  const sidecar = join(places.dataDir, 'objects-metadata')
  if (!existsSync(sidecar) && hasAttributes(places.objects)) return []
  mkdirSync(sidecar, { recursive: true, mode: 0o700 })
  return ['--sidecar', sidecar]
}

function hasAttributes(folder: string): boolean {
  const probe = 'import os, sys; os.setxattr(sys.argv[1], "user.petri", b"1"); os.removexattr(sys.argv[1], "user.petri")'
  return process.platform === 'darwin' || spawnSync(inTools('venv', 'bin', 'python'), ['-c', probe, folder]).status === 0
}
