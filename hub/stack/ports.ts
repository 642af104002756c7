import { createServer } from 'node:net'
import { readJson, writeJson } from './json-file.ts'
import { Refusal } from './bootstrap/refusal.mjs'

const names = ['postgres', 'rest', 'restAdmin', 'store', 'gateway', 'worker', 'hub', 'proxyApi'] as const

export type Ports = Record<(typeof names)[number] | 'public', number>

/** The ports of one run: the last run's where they are still free, else any free ones. All are on 127.0.0.1. */
export async function pickPorts(file: string, publicPort: number): Promise<Ports> {
  const last = readJson<Partial<Ports>>(file) ?? {}
  if (publicPort && !(await isFree(publicPort))) throw new Refusal(portTaken(publicPort))
  const ports = { public: publicPort || (await freePort(last.public)) } as Ports
  for (const name of names) ports[name] = await freePort(last[name], Object.values(ports))
  writeJson(file, ports)
  return ports
}

const portTaken = (port: number) => `Port ${port} is taken by another program: stop that one, or choose another with --port NUMBER.`

export async function freePort(wanted = 0, taken: number[] = []): Promise<number> {
  if (wanted && !taken.includes(wanted) && (await isFree(wanted))) return wanted
  const port = await bind(0)
  return port && !taken.includes(port) ? port : freePort(0, taken)
}

const isFree = async (port: number): Promise<boolean> => (await bind(port)) === port

/** Listens for a moment; resolves to the port, or nothing if it is taken. */
function bind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
