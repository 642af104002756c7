import { useEffect, type ReactElement } from 'react'
import { ConflictDialog } from '../ui/conflict.tsx'
import { useEdit } from '../ui/edit.tsx'
import { formatQuantity, formatTime } from '../ui/format.ts'
import { useChanges, useResource } from '../ui/hooks.ts'
import { sampleIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, Section } from '../ui/record.tsx'
import { Failure, Loaded } from '../ui/states.tsx'
import type { RecordViewProps } from './kinds.ts'
import { Lineage } from './lineage.tsx'
import { MeasurementTable } from './measurements.tsx'
import { readOne } from './read-one.ts'
import type { Sample } from './rows.ts'

const TABLES = ['samples'] as const

export function SampleView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const sample = useResource(signal => readOne<Sample>(session, 'samples', id, signal), [id])
  useChanges(TABLES, () => void sample.load())
  return (
    <Loaded resource={sample}>
      {row => <SamplePage sample={row} onTitle={onTitle} onSaved={row => sample.put(row)} />}
    </Loaded>
  )
}

function SamplePage({ sample, onTitle, onSaved }: { sample: Sample; onTitle: RecordViewProps['onTitle']; onSaved(row: Sample): void }): ReactElement {
  useEffect(() => onTitle(sample.name, sample.code), [sample.name, sample.code])
  return (
    <article className="petri-Page">
      <RecordHead icon={sampleIcon} kind="sample" label="Sample" code={sample.code} name={sample.name} status={sample.status} synthetic={sample.synthetic} />
      <SampleForm sample={sample} onSaved={onSaved} />
      <Lineage id={sample.id} />
      <MeasurementTable filter={{ sample_id: `eq.${sample.id}` }} />
    </article>
  )
}

/** Status, amount and place change by acts, not here. */
type Editable = Pick<Sample, 'name' | 'description'>
const LABELS = { name: 'Name', description: 'Description' }

function SampleForm({ sample, onSaved }: { sample: Sample; onSaved(row: Sample): void }): ReactElement {
  const edit = useEdit<Editable>({ view: 'samples', id: sample.id, version: sample.version, onSaved })
  const shown = { ...sample, ...edit.draft }
  const dirty = Object.keys(edit.draft).length > 0
  return (
    <Section title="Details" actions={dirty && <span className="petri-Unsaved">Not saved yet</span>}>
      <form className="petri-Form" onSubmit={event => { event.preventDefault(); void edit.save() }}>
        <label className="petri-Field"><span>Name</span>
          <input className="petri-Input" value={shown.name} required onChange={event => edit.change({ name: event.target.value })} />
        </label>
        <label className="petri-Field petri-mod-wide"><span>Description</span>
          <textarea className="petri-Input" rows={2} value={shown.description} onChange={event => edit.change({ description: event.target.value })} />
        </label>
        {dirty && (
          <div className="petri-Form-actions">
            <button className="petri-Button petri-mod-primary" disabled={edit.saving}>{edit.saving ? 'Saving…' : 'Save'}</button>
            <button type="button" className="petri-Button" onClick={edit.revert}>Discard</button>
          </div>
        )}
      </form>
      {edit.error && <Failure error={edit.error} />}
      {edit.conflict && (
        <ConflictDialog conflict={edit.conflict} labels={LABELS} onCancel={edit.dismiss} onSettle={chosen => void edit.settle(chosen)} />
      )}
      <Facts facts={[
        ['Type', sample.sample_type],
        ['Amount', sample.amount !== null && formatQuantity(sample.amount, sample.amount_unit)],
        ['Registered', formatTime(sample.created_at)],
        ['Last changed', `${formatTime(sample.updated_at)}, version ${sample.version}`],
      ]} />
    </Section>
  )
}
