import type { Session } from '../session/types.ts'
import { readOne } from '../records/read-one.ts'
import type { Deviation, Run, RunPicture, RunSample, Signature, Step } from './rows.ts'

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
