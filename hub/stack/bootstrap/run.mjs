import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { inRoot } from './paths.mjs'
import { Refusal } from './refusal.mjs'

const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|NewConnectionError|name resolution|no such host|dial tcp|network is unreachable/i
const full = /ENOSPC|No space left on device/i

/** Runs a program to its end, its output kept in `.petri/logs/setup/<step>.log`; throws a Refusal that names the cause. */
export async function run(step, program, args, options = {}) {
  const log = inRoot('.petri', 'logs', 'setup', `${step}.log`)
  mkdirSync(inRoot('.petri', 'logs', 'setup'), { recursive: true })
  const file = createWriteStream(log, { flags: options.append ? 'a' : 'w' })
  const child = spawn(program, args, { cwd: inRoot(), ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const endGroup = () => child.pid && process.kill(-child.pid, 'SIGTERM')
  process.once('exit', endGroup)
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false })
  const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve))
  process.off('exit', endGroup)
  await new Promise((resolve) => file.end(resolve))
  if (code !== 0) throw new Refusal(explain(step, program, log, code))
}

function explain(step, program, log, code) {
  const text = readFileSync(log, 'utf8')
  if (full.test(text)) return `The disk became full while preparing "${step}": make room and run this again; what is done is kept.`
  if (offline.test(text)) return noNetwork(step)
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  return `${basename(program)} failed while preparing "${step}" (${code instanceof Error ? code.message : `exit ${code}`}): ${last.slice(0, 200)}; all of it is in ${log}`
}

export function noNetwork(step) {
  return `No network: the package registry needed for "${step}" cannot be reached; connect (or set your proxy) and run this again; what is done is kept.`
}
