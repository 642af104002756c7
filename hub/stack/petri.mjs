// The one door of `npm start|test|smoke|dump|restore|bench`.
// Plain JavaScript without dependencies: it runs on whatever Node is there, fetches the rest, then hands over to Node 24 and TypeScript.
import { spawn } from 'node:child_process'
import { parseCommandLine } from './bootstrap/command-line.mjs'
import { checkMachine } from './bootstrap/machine.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { Refusal } from './bootstrap/refusal.mjs'
import { inRoot } from './bootstrap/paths.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a command's TypeScript on `node` and ends as it ends. */
function handOver(node, script, options) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', inRoot(script), JSON.stringify(options)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    // The child stops when this pipe closes, so killing this process leaves nothing behind.
    env: { ...process.env, PETRI_PARENT_PIPE: '3' },
  })
  for (const signal of signals) process.removeAllListeners(signal).on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

/** `kill -9` of npm cannot reach us: seeing our parent change is the only sign of it (so npm's shell must `exec` us). */
function endWithNpm() {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || process.exit(1), 500).unref()
}

async function main() {
  // Until something else is started to hand them to; `run` ends what it had begun.
  for (const signal of signals) process.on(signal, () => process.exit(1))
  endWithNpm()
  const command = parseCommandLine(process.argv.slice(2))
  const node = await prepare(checkMachine(), command)
  handOver(node, command.script, command.options)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exit(error.exitCode)
}
