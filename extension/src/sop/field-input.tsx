import type { ReactElement } from 'react'
import { decimalCommaOf, rangeOf, warningOf, type Field, type FieldDraft } from './answers.ts'

interface FieldInputProps {
  id: string
  field: Field
  draft: FieldDraft
  problem: string | undefined
  refusal: string | undefined
  onChange(draft: FieldDraft): void
}

/** A value with its unit, or "not obtained" with a reason; warnings stand beside it before anything is sent. */
export function FieldInput(props: FieldInputProps): ReactElement {
  const { id, field, draft, problem, refusal, onChange } = props
  const comma = decimalCommaOf(field, draft)
  const warning = warningOf(field, draft)
  const missing = draft.reason !== undefined
  return (
    <div className="petri-StepField">
      <label htmlFor={id} className="petri-StepField-label">
        {field.label}
      </label>
      <div className="petri-StepField-input">
        {missing ? <Reason {...props} /> : <Value {...props} />}
        <label className="petri-StepField-missing">
          <input type="checkbox" checked={missing} aria-label={`not obtained, ${field.label}`} onChange={event => onChange(event.target.checked ? { ...draft, reason: '' } : { text: draft.text })} /> not obtained
        </label>
      </div>
      <p id={`${id}-note`} className="petri-StepField-note" aria-live="polite">
        {comma
          ? <>Do you mean {comma}? <button type="button" className="petri-Link" onClick={() => onChange({ text: comma })}>Yes, {comma}</button></>
          : refusal || problem ? <span className="petri-Problem">{refusal ?? problem}</span>
          : warning ? <span className="petri-Warning">{warning}</span>
          : <span className="petri-StepField-range">{[rangeOf(field), !field.required && 'optional'].filter(Boolean).join(', ')}</span>}
      </p>
    </div>
  )
}

function Reason({ id, draft, problem, refusal, onChange }: FieldInputProps): ReactElement {
  return (
    <input
      id={id} className="petri-Input" value={draft.reason ?? ''} placeholder="Reason" aria-label="Reason why it was not obtained"
      aria-invalid={Boolean(problem ?? refusal)} aria-describedby={`${id}-note`} onChange={event => onChange({ ...draft, reason: event.target.value })}
    />
  )
}

function Value({ id, field, draft, problem, refusal, onChange }: FieldInputProps): ReactElement {
  const invalid = Boolean(problem ?? refusal)
  const common = { id, 'aria-invalid': invalid, 'aria-describedby': `${id}-note`, 'aria-required': field.required === true }
  if (field.type === 'choice' || field.type === 'boolean') {
    const choices = field.type === 'boolean' ? ['yes', 'no'] : field.choices ?? []
    return (
      <select {...common} className="petri-Input" value={draft.text} onChange={event => onChange({ text: event.target.value })}>
        <option value="" />
        {choices.map(choice => <option key={choice}>{choice}</option>)}
      </select>
    )
  }
  const numeric = field.type === 'number'
  return (
    <span className={`petri-Quantity ${numeric ? 'petri-mod-numeric' : ''}`}>
      <input
        {...common} className={`petri-Input ${field.type === 'sample' ? 'petri-mod-code' : ''}`} value={draft.text} autoComplete="off" spellCheck={false}
        inputMode={numeric ? 'decimal' : undefined} placeholder={field.type === 'sample' ? 'Scan or type the code' : undefined}
        onChange={event => onChange({ text: event.target.value })}
      />
      {numeric && field.unit && field.unit !== '1' && <span className="petri-Quantity-unit">{field.unit}</span>}
    </span>
  )
}
