import { spawn } from 'node:child_process'
import { once } from 'node:events'

const longestMs = 20 * 60_000

/** Runs a program to its end and returns all it wrote; one that takes longer than twenty minutes is ended with all it started. */
export async function runToEnd(program: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<{ code: number; output: string }> {
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), longestMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(late)
  return { code: code ?? 1, output: Buffer.concat(chunks).toString() }
}
