import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Conflict } from './edit.tsx'
import { formatTime } from './format.ts'

/** Shows both values of every field that two people changed, and saves what was chosen. */
export function ConflictDialog({ conflict, labels = {}, show = String, onSettle, onCancel }: {
  conflict: Conflict
  labels?: Record<string, string>
  show?: (value: unknown) => string
  onSettle(chosen: Record<string, unknown>): void
  onCancel(): void
}): ReactElement {
  const [theirs, setTheirs] = useState<Record<string, boolean>>({})
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const settle = (): void => onSettle(chosenFields(conflict, theirs))
  return (
    <dialog ref={dialog} className="petri-Dialog" aria-label="Someone else changed this too" onCancel={onCancel}>
      <h2>Someone else changed this too</h2>
      <p>Saved {formatTime(conflict.changed_at)}, while you were editing. Choose which value stays; nothing is lost until you do.</p>
      {Object.entries(conflict.fields).map(([field, sides]) => (
        <fieldset key={field} className="petri-Conflict">
          <legend>{labels[field] ?? field}</legend>
          <Side name={field} label="Yours" text={show(valueOf(sides.yours))} checked={!theirs[field]} onChoose={() => setTheirs({ ...theirs, [field]: false })} />
          <Side name={field} label="Theirs" text={show(valueOf(sides.theirs))} checked={theirs[field] === true} onChoose={() => setTheirs({ ...theirs, [field]: true })} />
        </fieldset>
      ))}
      <div className="petri-Dialog-actions">
        <button className="petri-Button" onClick={onCancel}>Keep editing</button>
        <button className="petri-Button petri-mod-primary" onClick={settle}>Save this choice</button>
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

/** The database names a field with its columns, `{"name": …}`; several columns may count as one field. */
export function chosenFields(conflict: Conflict, theirs: Record<string, boolean>): Record<string, unknown> {
  return Object.assign({}, ...Object.entries(conflict.fields).map(([field, sides]) => {
    const chosen = theirs[field] ? sides.theirs : sides.yours
    return isObject(chosen) ? chosen : { [field]: chosen }
  })) as Record<string, unknown>
}

function valueOf(side: unknown): unknown {
  return isObject(side) ? Object.values(side).filter(value => value !== null).map(value => isObject(value) ? JSON.stringify(value) : String(value)).join(' ') : side
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object'
