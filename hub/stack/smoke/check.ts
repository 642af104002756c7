import type { StackDescription } from '../description.ts'

/** What `npm run smoke` looks at: each numbered file of this folder exports one as `check`. */
export interface Check {
  name: string
  /** Throws where something does not hold; returns what it measured, for the report. */
  run(stack: StackDescription): Promise<Record<string, string | number | boolean>>
}

/** Throws `message` where `holds` is not true. */
export function hold(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message)
}
