import { useState, type FormEvent, type ReactElement } from 'react'
import { answersOf, draftOf, problemOf, type Draft, type FieldDraft } from './answers.ts'
import { drafts } from './drafts.ts'
import { FieldInput } from './field-input.tsx'
import type { RecordAct, Waiting } from '../outbox/outbox.ts'
import { RefusedAct } from './refused.tsx'
import type { StepProps } from './step.tsx'

/** The inputs of a ready step. What is typed is kept at once; what is recorded is kept before it is sent. */
export function StepForm({ step, picture: { person, run }, outbox, refused }: StepProps & { refused: Waiting | undefined }): ReactElement {
  const refusedAct = refused?.act.type === 'record' ? refused.act : undefined
  const [draft, setDraft] = useState<Draft>(() => startingDraft(drafts.read(person.id, run.id, step.key), refusedAct))
  const [tried, setTried] = useState(false)
  const change = (key: string, field: FieldDraft): void => {
    const next = { ...draft, [key]: field }
    setDraft(next)
    drafts.keep(person.id, run.id, step.key, next)
  }
  const record = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (step.fields.some(field => problemOf(field, draft[field.key]))) return focusFirstProblem(event.currentTarget)
    const act: RecordAct = {
      type: 'record', key: crypto.randomUUID(), run_id: run.id, step: step.key,
      fields: answersOf(step.fields, draft), happened_at: refusedAct?.happened_at ?? new Date().toISOString(),
    }
    if (refusedAct) outbox.replace(refusedAct.key, act)
    else outbox.add(act)
    drafts.drop(person.id, run.id, step.key)
  }
  return (
    <form className="petri-StepForm" onSubmit={record} noValidate>
      {step.fields.map(field => (
        <FieldInput
          key={field.key} id={`${run.id}-${step.key}-${field.key}`} field={field} draft={draft[field.key] ?? { text: '' }}
          problem={tried ? problemOf(field, draft[field.key]) : undefined} refusal={refusalAt(refused, field.key)}
          onChange={next => change(field.key, next)}
        />
      ))}
      {refused?.refusal && <RefusedAct item={refused} outbox={outbox} />}
      <button className="petri-Button petri-mod-primary">{refusedAct ? 'Record again' : 'Record'}</button>
    </form>
  )
}

/** What was typed since stands over what was refused. */
function startingDraft(kept: Draft, refused: RecordAct | undefined): Draft {
  return { ...(refused && draftOf(refused.fields)), ...kept }
}

/** The lab's words, when they are about this field. */
function refusalAt(refused: Waiting | undefined, key: string): string | undefined {
  const details = refused?.refusal?.details as { field?: string } | null | undefined
  return details?.field === key ? refused?.refusal?.message : undefined
}

function focusFirstProblem(form: EventTarget & Element): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}
