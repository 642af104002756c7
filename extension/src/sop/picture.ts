import type { Session } from '../session/types.ts'
import { readOne } from '../records/sample.tsx'
import type { Deviation, Run, RunPicture, RunSample, Signature, Step } from './rows.ts'
import type { Waiting } from './outbox.ts'

export async function readRun(session: Session, id: string, signal: AbortSignal): Promise<RunPicture> {
  const of = { sop_run_id: `eq.${id}` }
  const [person, run, samples, steps, deviations] = await Promise.all([
    session.identify(),
    readOne<Run>(session, 'sop_runs', id, signal),
    session.read<RunSample>('sop_run_samples', { ...of, order: 'id' }, { signal }),
    session.read<Step>('run_steps', { ...of, order: 'ordinal' }, { signal }),
    session.read<Deviation>('deviations', { ...of, order: 'id' }, { signal }),
  ])
  const approvals = steps.filter(step => step.kind === 'approval').map(step => step.id)
  const signatures = approvals.length === 0 ? [] : await session.read<Signature>('signatures',
    { record_id: `in.(${approvals.join(',')})`, order: 'id' }, { signal })
  return { person, run, samples, steps, deviations, signatures }
}

/** Where a step stands for the person at the bench: `sent` is completed here and not yet in the database. */
export type Standing = 'waiting' | 'ready' | 'sent' | 'refused' | 'completed'

/**
 * The database's states, moved on by the acts that still wait to be sent: work goes on without a network.
 * The database judges each act when it arrives.
 */
export function standings(steps: readonly Step[], waiting: readonly Waiting[]): Map<string, Standing> {
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
