import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Conflict } from './edit.tsx'
import { formatTime } from './format.ts'

export type Choice = 'yours' | 'theirs' | 'both'

interface ConflictProps {
  conflict: Conflict
  labels?: Record<string, string>
  show?(value: unknown): string
  /** Both values in one, where that can be: `undefined` where it cannot. */
  combine?(yours: unknown, theirs: unknown): unknown
  onSettle(chosen: Record<string, unknown>): void
  onCancel(): void
}

/** Shows both values of every field that two people changed, and saves what was chosen. */
export function ConflictDialog({ conflict, labels = {}, show = String, combine = () => undefined, onSettle, onCancel }: ConflictProps): ReactElement {
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="petri-Dialog" aria-label="Someone else changed this too" onCancel={onCancel}>
      <h2>Someone else changed this too</h2>
      <p>Saved {formatTime(conflict.changed_at)}, while you were editing. Choose which value stays. The other one remains readable among the versions.</p>
      {Object.entries(conflict.fields).map(([field, { yours, theirs }]) => {
        const both = combine(soleOf(yours), soleOf(theirs))
        const choose = (choice: Choice) => () => setChoices({ ...choices, [field]: choice })
        const chosen = choices[field] ?? 'yours'
        return (
          <fieldset key={field} className="petri-Conflict">
            <legend>{labels[field] ?? field}</legend>
            <Side name={field} label="Yours" text={words(yours, show)} checked={chosen === 'yours'} onChoose={choose('yours')} />
            <Side name={field} label="Theirs" text={words(theirs, show)} checked={chosen === 'theirs'} onChoose={choose('theirs')} />
            {both !== undefined && <Side name={field} label="Both" text="Yours, then theirs below it" checked={chosen === 'both'} onChoose={choose('both')} />}
          </fieldset>
        )
      })}
      <div className="petri-Dialog-actions">
        <button className="petri-Button" onClick={onCancel}>Keep editing</button>
        <button className="petri-Button petri-mod-primary" onClick={() => onSettle(chosenFields(conflict, choices, combine))}>Save this choice</button>
      </div>
    </dialog>
  )
}

function Side({ name, label, text, checked, onChoose }: { name: string; label: string; text: string; checked: boolean; onChoose(): void }): ReactElement {
  return (
    <label className="petri-Conflict-side">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span><strong>{label}</strong><span className="petri-Conflict-value">{text === '' ? '(empty)' : text}</span></span>
    </label>
  )
}

/** The columns to send, as chosen; where nothing was chosen, yours. */
export function chosenFields(conflict: Conflict, choices: Record<string, Choice>, combine: NonNullable<ConflictProps['combine']> = () => undefined): Record<string, unknown> {
  return Object.assign({}, ...Object.entries(conflict.fields).map(([field, { yours, theirs }]) => {
    if (choices[field] === 'both') return { [field]: combine(soleOf(yours), soleOf(theirs)) }
    return choices[field] === 'theirs' ? theirs : yours
  })) as Record<string, unknown>
}

/** A side is an object of columns; most fields are one column. */
const soleOf = (side: unknown): unknown => Object.values(side as object)[0]

const words = (side: unknown, show: (value: unknown) => string): string =>
  Object.values(side as object).filter(value => value !== null).map(show).join(' ')
