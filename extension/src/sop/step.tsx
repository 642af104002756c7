import { useState, type ReactElement } from 'react'
import { formatTime } from '../ui/format.ts'
import { Status } from '../ui/status.tsx'
import { DeviationForm } from './deviation-form.tsx'
import type { Outbox, StepAct, Waiting } from '../outbox/outbox.ts'
import { RecordedFields } from './recorded.tsx'
import { RefusedAct } from './refused.tsx'
import type { Deviation, RunPicture, Step } from './rows.ts'
import { SignOff } from './sign-off.tsx'
import type { Standing } from './standings.ts'
import { StepForm } from './step-form.tsx'

export interface StepProps {
  step: Step
  standing: Standing
  picture: RunPicture
  outbox: Outbox
  onChanged(): void
}

const WORDS: Record<Standing, string> = {
  waiting: 'waiting', ready: 'ready', sent: 'waiting to be sent', refused: 'refused', completed: 'completed',
}

/** One step of a run: what to do, where it stands, what was recorded. */
export function StepView(props: StepProps): ReactElement {
  const { step, standing, picture, outbox } = props
  const acts = outbox.of(picture.run.id).filter(({ act }) => act.step === step.key)
  return (
    <li className={`petri-Step petri-mod-${standing}`} aria-current={standing === 'ready' ? 'step' : undefined} data-petri-step={step.key}>
      <span className="petri-Step-number" aria-hidden="true">{standing === 'completed' ? '✓' : step.ordinal}</span>
      <div className="petri-Step-body">
        <header className="petri-Step-head">
          <h2>{step.title}</h2>
          <Status status={WORDS[standing]} />
        </header>
        {standing !== 'completed' && step.instructions && <p className="petri-Step-instructions">{step.instructions}</p>}
        <StepWork {...props} acts={acts} />
        <Deviations deviations={picture.deviations.filter(deviation => deviation.run_step_id === step.id)} />
        <ReportedActs acts={acts} outbox={outbox} />
        {standing !== 'waiting' && <footer className="petri-Step-foot"><By {...props} /><Report {...props} /></footer>}
      </div>
    </li>
  )
}

/** What can be done here now: only what the database allows this person at this step. */
function StepWork({ acts, ...props }: StepProps & { acts: Waiting<StepAct>[] }): ReactElement | null {
  const { step, standing, picture: { run, person } } = props
  if (standing === 'completed') return <RecordedFields fields={step.fields} recorded={step.recorded ?? {}} />
  if (standing === 'waiting') return null
  if (run.status !== 'running') return <p className="petri-State">The run is {run.status}.</p>
  if (!person.roles.includes(step.role) && !person.roles.includes('lab_admin')) {
    return <p className="petri-State">This step needs the role {step.role}.</p>
  }
  const record = acts.find(({ act }) => act.type === 'record')
  if (record && !record.refusal) return <RecordedFields fields={step.fields} recorded={record.act.type === 'record' ? record.act.fields : {}} />
  return step.kind === 'approval' ? <SignOff {...props} /> : <StepForm {...props} refused={record} />
}

/** Who did it, and when. */
function By({ step, standing, picture: { signatures } }: StepProps): ReactElement | null {
  if (standing !== 'completed' || !step.happened_at) return null
  const signature = signatures.find(({ record_id }) => record_id === step.id)
  return <span>{signature
    ? `Signed by ${signature.printed_name} as ${signature.meaning}, ${formatTime(signature.signed_at)}`
    : `${step.recorded_by_name}, ${formatTime(step.happened_at)}`}</span>
}

function Deviations({ deviations }: { deviations: Deviation[] }): ReactElement | null {
  if (deviations.length === 0) return null
  return (
    <ul className="petri-Deviations" aria-label="Deviations">
      {deviations.map(({ id, grade, rule, description, status }) => (
        <li key={id} className={`petri-Deviation petri-mod-${grade}`}>
          <strong>{grade}</strong> <span className="petri-Deviation-rule">{rule}, {status}</span>
          <p>{description}</p>
        </li>
      ))}
    </ul>
  )
}

/** Deviations on their way. */
function ReportedActs({ acts, outbox }: { acts: Waiting<StepAct>[]; outbox: Outbox }): ReactElement {
  return (
    <>
      {acts.map(item => item.act.type === 'deviation' && (
        <div key={item.act.key} className="petri-Deviation">
          <strong>{item.act.grade}</strong> <span className="petri-Deviation-rule">waiting to be sent</span>
          <p>{item.act.description}</p>
          {item.refusal && <RefusedAct item={item} outbox={outbox} />}
        </div>
      ))}
    </>
  )
}

function Report({ step, picture, outbox }: StepProps): ReactElement {
  const [open, setOpen] = useState(false)
  if (!open) return <button className="petri-Link" onClick={() => setOpen(true)}>Report a deviation</button>
  return <DeviationForm step={step.key} run={picture.run.id} outbox={outbox} onClose={() => setOpen(false)} />
}
