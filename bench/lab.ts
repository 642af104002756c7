import { readFileSync } from 'node:fs'
import type { StackDescription } from '../hub/stack/description.ts'
import { inTemporaryFolder, withStack } from '../hub/stack/temporary.ts'

/** Runs `work` against the stack that PETRI_STACK describes, or beside one of its own that is gone afterwards. */
export function withLab<T>(work: (stack: StackDescription) => Promise<T>): Promise<T> {
  const named = process.env.PETRI_STACK
  if (named) return work(JSON.parse(readFileSync(named, 'utf8')) as StackDescription)
  return inTemporaryFolder((folder) => withStack(folder, {}, ({ description }) => work(description)))
}
