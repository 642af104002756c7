import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../../hub/stack/bootstrap/paths.mjs'

export interface Ended {
  code: number | null
  /** The last line on standard error. */
  told: string
  /** All of it. */
  text: string
}

/** Runs one of the stack's commands as `npm run` does after its preparations. */
export function command(name: 'main' | 'dump' | 'restore', options: Record<string, unknown>): ChildProcess {
  return spawn(process.execPath, [inRoot(`hub/stack/${name}.ts`), JSON.stringify({ rest: [], ...options })], { stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function toEnd(child: ChildProcess): Promise<Ended> {
  let text = ''
  child.stderr!.on('data', (chunk: Buffer) => (text += chunk))
  child.stdout!.resume()
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, told: text.trim().split('\n').at(-1) ?? '', text }
}

/** Starts a lab and waits until it says that it is ready. */
export function startLab(dataDir: string): Promise<ChildProcess> {
  const child = command('main', { 'data-dir': dataDir, port: 0, 'no-demo': true })
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => chunk.includes('Petri is ready') && resolve(child))
    void toEnd(child).then(({ told }) => reject(new Error(`the lab did not start: ${told}`)))
  })
}

/** Living processes that name a folder or carry a mark. */
export function processesOf(dataDir: string, mark: string): { pid: number; line: string }[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  return pids.flatMap((pid) => {
    const [line, environment] = [read(join('/proc', pid, 'cmdline')), read(join('/proc', pid, 'environ'))]
    const isOurs = line.includes(dataDir) || environment.includes(`PETRI_STACK_ID=${mark}`)
    return line && isOurs ? [{ pid: Number(pid), line: line.replaceAll('\0', ' ').trim() }] : []
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
