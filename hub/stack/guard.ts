import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('guard.sh', import.meta.url))

export const markName = 'PETRI_STACK_ID'

/** Waits beside the supervisor for its end, however that comes, then ends all that carries `mark`. */
export function startGuard(mark: string, postgresData: string): ChildProcess {
  // A session of its own: Ctrl-C on the terminal must not end the guard first.
  const guard = spawn('/bin/sh', [script, mark, postgresData], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  guard.unref()
  return guard
}

/** Lets the guard do its work now, and waits until it is done. */
export async function release(guard: ChildProcess): Promise<void> {
  guard.ref()
  const ended = once(guard, 'exit')
  guard.stdin?.end()
  await ended
}
