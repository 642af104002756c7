import type { StepAct, Waiting } from '../outbox/outbox.ts'
import type { Step } from './rows.ts'

/** Where a step stands for the person at the bench: `sent` is completed here and not yet in the database. */
export type Standing = 'waiting' | 'ready' | 'sent' | 'refused' | 'completed'

/**
 * The database's states, moved on by the acts that still wait to be sent: work goes on without a network.
 * The database judges each act when it arrives.
 */
export function standings(steps: readonly Step[], waiting: readonly Waiting<StepAct>[]): Map<string, Standing> {
  const acts = new Map(waiting.filter(({ act }) => act.type === 'record').map(item => [item.act.step, item]))
  const standing = new Map<string, Standing>()
  for (const { key, state, needs } of steps) {
    const act = acts.get(key)
    if (state === 'completed') standing.set(key, 'completed')
    else if (act) standing.set(key, act.refusal ? 'refused' : 'sent')
    else standing.set(key, state === 'ready' || needs.every(need => isDone(standing.get(need))) ? 'ready' : 'waiting')
  }
  return standing
}

const isDone = (standing: Standing | undefined): boolean => standing === 'completed' || standing === 'sent'
