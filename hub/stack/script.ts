import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Refusal } from './bootstrap/refusal.mjs'
import { RotatingLog } from './log.ts'
import type { Places } from './places.ts'

/** Runs a TypeScript file to its end; what it says goes to a log, and its last line into the Refusal if it fails. */
export async function runScript(name: string, file: string, args: string[], places: Places, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  const log = new RotatingLog(join(places.logs, `${name}.log`))
  log.write(out + err)
  log.close()
  if (code !== 0) throw new Refusal(`${name} failed: ${causeIn(err)}; see ${log.file}`)
}

/** An uncaught error is told after the place that threw it; a refusal is the first line. */
const causeIn = (text: string) => /^\w*[Ee]rror: (.*)$/m.exec(text)?.[1] ?? text.trim().split('\n')[0]
