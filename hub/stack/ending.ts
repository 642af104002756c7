import { Socket } from 'node:net'
import { Refusal } from './bootstrap/refusal.mjs'

let told: Promise<string> | undefined

/** Resolves with the reason at the first of: Ctrl-C, a request to end, or the end of the process that started us. */
export function toldToEnd(): Promise<string> {
  told ??= new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
    const pipe = Number(process.env.PETRI_PARENT_PIPE)
    if (pipe) new Socket({ fd: pipe }).on('close', () => resolve('the end of npm')).on('error', () => {}).resume().unref()
  })
  return told
}

/** Runs a command; what a person can put right is told in one line, anything else with all that is known. */
export async function runCommand(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work())
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : explainSystem(error))
    process.exit(1)
  }
}

function explainSystem(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC') return 'The disk is full: make room and run this again.'
  if (code === 'EACCES') return `${(error as Error).message}: make it yours, or use another --data-dir.`
  return error
}
