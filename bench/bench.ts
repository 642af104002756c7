import type { StackDescription } from '../hub/stack/description.ts'
import type { Race } from './race.ts'

/** What one name measures: its data, its contenders, and what is asked of their times. */
export interface Bench {
  does: string
  open(stack: StackDescription): Promise<{ races: Race[]; close(): Promise<void> }>
}
