import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StackDescription } from '../hub/stack/description.ts'
import { onEnding } from '../hub/stack/ending.ts'
import { removeData } from '../hub/stack/postgres-user.ts'
import { Stack } from '../hub/stack/stack.ts'

/** Runs `work` against the stack that PETRI_STACK describes, or one of its own on free ports that is gone afterwards. */
export async function withLab<T>(work: (stack: StackDescription) => Promise<T>): Promise<T> {
  const named = process.env.PETRI_STACK
  if (named) return work(JSON.parse(readFileSync(named, 'utf8')) as StackDescription)
  const stack = await Stack.open({ dataDir: mkdtempSync(join(tmpdir(), 'petri-bench-')), port: 0, demo: true })
  onEnding(() => void remove(stack).then(() => process.exit(130)))
  try {
    await stack.start()
    return await work(stack.description)
  } finally {
    await remove(stack)
  }
}

async function remove(stack: Stack): Promise<void> {
  await stack.stop()
  removeData(stack.places)
  rmSync(stack.places.dataDir, { recursive: true, force: true })
}
