import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readJson } from './json-file.ts'
import { Refusal } from './bootstrap/refusal.mjs'

interface Holder {
  pid: number
  /** When that process began, in the kernel's ticks: a process id is used again, the pair is not. */
  began: string
  /** What the processes of that run carry in their environment. */
  mark: string
}

/** Lets one supervisor at a time have a data folder. Returns the mark of a run that died without cleaning up, if there was one. */
export function takeLock(file: string, dataDir: string, mark: string): string | undefined {
  const holder = readJson<Holder>(file)
  if (holder && isAlive(holder)) throw new Refusal(alreadyRunning(dataDir, holder.pid))
  rmSync(file, { force: true })
  const own: Holder = { pid: process.pid, began: beginOf(process.pid), mark }
  // `wx`: of two starts at the same moment one is refused.
  writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
  return holder?.mark
}

export const releaseLock = (file: string): void => rmSync(file, { force: true })

export const isLocked = (file: string): boolean => {
  const holder = readJson<Holder>(file)
  return holder !== undefined && isAlive(holder)
}

const alreadyRunning = (dataDir: string, pid: number) =>
  `A lab already runs in ${dataDir} (process ${pid}): stop it with Ctrl-C, or start another with --data-dir FOLDER.`

const isAlive = ({ pid, began }: Holder) => beginOf(pid) === began

/** Field 22 of /proc/PID/stat; the second field may hold spaces, so count from its closing bracket. */
function beginOf(pid: number): string {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return existsSync('/proc/self') || !signalReaches(pid) ? 'ended' : 'running'
  return readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? 'ended'
}

/** Where there is no /proc, a process that takes a signal has to do. */
function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
