import { rmSync, existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Refusal } from './bootstrap/refusal.mjs'
import { say, seconds } from './bootstrap/terminal.mjs'
import { onEnding, runCommand } from './ending.ts'
import { isLocked } from './lock.ts'
import { welcome } from './welcome.ts'
import { placesIn } from './places.ts'
import { removeData } from './postgres-user.ts'
import { Stack } from './stack.ts'

// `npm start`: starts the lab, says where it is, and stays until it is told to stop.

interface Options {
  port: number
  'data-dir': string
  'no-demo'?: boolean
  reset?: boolean
  yes?: boolean
  verbose?: boolean
}

async function start(options: Options): Promise<number> {
  if (options.reset) await reset(options)
  const begun = Date.now()
  const stack = await Stack.open({ ...options, dataDir: options['data-dir'], demo: !options['no-demo'] })
  const ending = new Promise<string>((resolve) => onEnding(resolve))
  try {
    const failed = stack.start().then(() => undefined)
    if ((await Promise.race([failed, ending])) === undefined) {
      console.log(welcome(stack.description, Date.now() - begun))
      await ending
    }
  } finally {
    say('  stopping …')
    const began = Date.now()
    await stack.stop()
    say(`  stopped after ${seconds(Date.now() - began)}; everything is kept in ${stack.places.dataDir}`)
  }
  return 0
}

async function reset({ 'data-dir': dataDir, yes }: Options): Promise<void> {
  if (!existsSync(dataDir)) return
  const places = placesIn(dataDir)
  if (isLocked(places.lockFile)) throw new Refusal(`The lab in ${dataDir} is running: stop it first.`)
  if (!existsSync(places.secrets)) throw new Refusal(`${dataDir} holds no lab of Petri's: nothing was deleted.`)
  if (!yes && !(await isSure(dataDir))) throw new Refusal('Nothing was deleted.')
  removeData(places)
  rmSync(dataDir, { recursive: true })
}

async function isSure(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal('--reset asks before it deletes, and there is nobody to ask: add --yes.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`Delete the lab in ${dataDir} with all its records, files and notebooks? Type yes: `)
  terminal.close()
  return answer.trim() === 'yes'
}

await runCommand(() => start(JSON.parse(process.argv[2] ?? '{}') as Options))
