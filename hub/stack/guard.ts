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

/** Ends what carries `mark` now. */
export async function sweep(mark: string, postgresData: string): Promise<void> {
  const guard = startGuard(mark, postgresData)
  guard.ref()
  guard.stdin?.end()
  await once(guard, 'exit')
}
