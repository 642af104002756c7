import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './bootstrap/refusal.mjs'
import { toldToEnd } from './ending.ts'
import { placesIn } from './places.ts'
import { removeData } from './postgres-user.ts'
import { Stack } from './stack.ts'

/** Runs `work` in a new folder that is deleted after it, and on Ctrl-C. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  // Under /tmp whatever TMPDIR says: a socket's path must stay short. The space is on purpose: a person's folder may have one.
  const folder = mkdtempSync('/tmp/petri lab ')
  try {
    return await work(join(folder, 'data'))
  } finally {
    removeData(placesIn(join(folder, 'data')))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs `work` beside a started stack, which is stopped after it, and on Ctrl-C. */
export async function withStack<T>(dataDir: string, { verbose = false }, work: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await Stack.open({ dataDir, port: 0, demo: true, verbose })
  const ending = toldToEnd().then((why) => Promise.reject(new Refusal(`Stopped by ${why}.`)))
  try {
    return await Promise.race([ending, stack.start().then(() => work(stack))])
  } finally {
    await stack.stop()
  }
}
