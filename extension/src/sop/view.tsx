import { useEffect, useMemo, type ReactElement } from 'react'
import { RecordHead, RecordLink } from '../ui/record.tsx'
import { useChanges, useOnline, useResource, useSignal } from '../ui/hooks.ts'
import { runIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Loaded } from '../ui/states.tsx'
import type { Resource } from '../ui/resource.ts'
import type { RecordViewProps } from '../records/kinds.ts'
import { outboxOf, type Act, type Outbox } from '../outbox/outbox.ts'
import { OutboxNotice } from '../outbox/notice.tsx'
import { readRun } from './picture.ts'
import type { RunPicture } from './rows.ts'
import { standings } from './standings.ts'
import { StepView } from './step.tsx'

const TABLES = ['sop_runs', 'run_steps', 'step_records', 'deviations', 'signatures'] as const

export function RunView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const picture = useResource(signal => readRun(session, id, signal), [id])
  useChanges(TABLES, () => void picture.load())
  return <Loaded resource={picture}>{value => <RunPage picture={value} resource={picture} onTitle={onTitle} />}</Loaded>
}

function RunPage({ picture, resource, onTitle }: { picture: RunPicture; resource: Resource<RunPicture>; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { run, steps, person } = picture
  const { session } = useLab()
  const outbox = outboxOf(session, person.id)
  const waiting = useSignal(outbox.changed, () => outbox.waiting)
  const mine = outbox.of(run.id)
  const standing = useMemo(() => standings(steps, mine), [steps, waiting])
  useEffect(() => onTitle(run.name, run.code), [run.name, run.code])
  useDeliveries(outbox, run.id, resource)
  return (
    <article className="petri-Page petri-Run">
      <RecordHead icon={runIcon} kind="sop_run" label="SOP run" code={run.code} name={run.name} status={run.status} />
      <RunSummary picture={picture} done={[...standing.values()].filter(state => state === 'completed').length} />
      <OutboxNotice outbox={outbox} waiting={mine} />
      <ol className="petri-Steps" aria-label="Steps">
        {steps.map(step => (
          <StepView key={step.id} step={step} standing={standing.get(step.key) ?? 'waiting'} picture={picture} outbox={outbox} onChanged={() => void resource.load()} />
        ))}
      </ol>
    </article>
  )
}

/** What the database took is read back at once, not when the stream of changes comes round. */
function useDeliveries(outbox: Outbox, run: string, resource: Resource<RunPicture>): void {
  const online = useOnline()
  useEffect(() => void (online && outbox.send()), [outbox, online])
  useEffect(() => {
    const reload = (_: unknown, { act }: { act: Act }): void => void (act.type !== 'call' && act.run_id === run && resource.load())
    outbox.delivered.connect(reload)
    return () => void outbox.delivered.disconnect(reload)
  }, [outbox, run, resource])
}

function RunSummary({ picture: { run, samples, steps }, done }: { picture: RunPicture; done: number }): ReactElement {
  return (
    <div className="petri-Run-summary">
      <p>{run.sop_title}, version {run.sop_version}</p>
      {samples.length > 0 && (
        <p>{samples.map(({ id, sample_id, sample, sample_name }) => (
          <span key={id}><RecordLink kind="sample" id={sample_id}>{sample_name}</RecordLink> <span className="petri-Code">{sample}</span> </span>
        ))}</p>
      )}
      <div className="petri-Progress" role="progressbar" aria-valuenow={done} aria-valuemin={0} aria-valuemax={steps.length} aria-label="Completed steps">
        <span style={{ width: `${(100 * done) / Math.max(1, steps.length)}%` }} />
      </div>
      <p className="petri-Run-count">{done} of {steps.length} steps</p>
    </div>
  )
}
