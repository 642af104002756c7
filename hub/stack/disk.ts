import { statfsSync } from 'node:fs'
import { Refusal } from './bootstrap/refusal.mjs'

// A lab in use writes its log ahead before it gives space back; the demo lab holds a million synthetic rows with their history.
const neededMb = { lab: 300, empty: 700, demo: 2500 }

/** Refuses a folder whose disk is too full for what is to be kept there. */
export function checkDisk(folder: string, what: keyof typeof neededMb): void {
  const { bavail, bsize } = statfsSync(folder)
  const freeMb = Math.floor((bavail * bsize) / 1e6)
  if (freeMb < neededMb[what]) throw new Refusal(`The disk is full: ${freeMb} MB free at ${folder}, ${neededMb[what]} MB needed; make room, or use another --data-dir.`)
}
