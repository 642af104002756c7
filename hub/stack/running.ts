import { readJson } from './json-file.ts'
import { isLocked } from './lock.ts'
import { placesIn, type Places } from './places.ts'
import type { Ports } from './ports.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { Stack } from './stack.ts'

export interface Lab {
  places: Places
  ports: Ports
  secrets: Secrets
}

/** Runs `work` beside a lab's database and object store: those of the running stack, or started for it. */
export async function withLab<T>(dataDir: string, verbose: boolean, work: (lab: Lab) => Promise<T>): Promise<T> {
  const places = placesIn(dataDir)
  if (isLocked(places.lockFile)) return work({ places, ports: readJson<Ports>(places.portsFile)!, secrets: readSecrets(places.secrets) })
  const stack = await Stack.open({ dataDir, port: 0, demo: false, verbose })
  try {
    await Promise.all([stack.startDatabase(), stack.startObjectStore()])
    return await work(stack)
  } finally {
    await stack.stop()
  }
}
