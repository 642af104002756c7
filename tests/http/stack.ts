import { readFileSync } from 'node:fs'
import type { StackDescription } from '../../hub/stack/description.ts'

/** The running stack that PETRI_STACK names. @throws Error: these tests have nothing to test without one. */
export function readStack(): StackDescription {
  const file = process.env.PETRI_STACK
  if (!file) throw new Error('PETRI_STACK is not set: expected the description of a running stack')
  return JSON.parse(readFileSync(file, 'utf8')) as StackDescription
}
