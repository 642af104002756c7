import { existsSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Refusal } from './bootstrap/refusal.mjs'
import { isLocked } from './lock.ts'
import { placesIn } from './places.ts'
import { removeData } from './postgres-user.ts'

/** Deletes a lab with all that is its own, after asking; leaves alone what is no lab. */
export async function reset(dataDir: string, { yes = false } = {}): Promise<void> {
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
