import { useState, type FormEvent, type ReactElement } from 'react'
import type { Outbox } from '../outbox/outbox.ts'
import { GRADES, type Grade } from './rows.ts'

export function DeviationForm({ run, step, outbox, onClose }: { run: string; step: string; outbox: Outbox; onClose(): void }): ReactElement {
  const [description, setDescription] = useState('')
  const [grade, setGrade] = useState<Grade>('deviation')
  const report = (event: FormEvent): void => {
    event.preventDefault()
    outbox.add({ type: 'deviation', key: crypto.randomUUID(), run_id: run, step, description: description.trim(), grade, happened_at: new Date().toISOString() })
    onClose()
  }
  return (
    <form className="petri-DeviationForm" onSubmit={report} aria-label="Report a deviation">
      <label className="petri-Field"><span>What happened</span>
        <textarea className="petri-Input" rows={2} required autoFocus value={description} onChange={event => setDescription(event.target.value)} />
      </label>
      <label className="petri-Field"><span>Grade</span>
        <select className="petri-Input" value={grade} onChange={event => setGrade(event.target.value as Grade)}>
          {GRADES.map(grade => <option key={grade}>{grade}</option>)}
        </select>
      </label>
      <div className="petri-Form-actions">
        <button className="petri-Button petri-mod-primary" disabled={description.trim() === ''}>Report</button>
        <button type="button" className="petri-Button" onClick={onClose}>Cancel</button>
      </div>
    </form>
  )
}
