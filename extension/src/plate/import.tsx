import { useRef, useState, type ChangeEvent, type DragEvent, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { Section } from '../ui/record.tsx'
import { Failure, Loaded } from '../ui/states.tsx'
import { HeatMap } from './heat-map.tsx'
import type { Plate } from './view.tsx'
import type { Well } from './wells.ts'

interface Export { name: string; content: string }

/** A plate reader's export is dropped, looked at, and only then committed. */
export function PlateImport({ plate, onCommitted }: { plate: Plate; onCommitted(): void }): ReactElement {
  const [file, setFile] = useState<Export>()
  const [done, setDone] = useState<string>()
  const take = async (dropped: File | undefined): Promise<void> => {
    if (!dropped) return
    setDone(undefined)
    setFile({ name: dropped.name, content: await dropped.text() })
  }
  const committed = (wells: number): void => {
    setFile(undefined)
    setDone(`${wells} wells were committed.`)
    onCommitted()
  }
  return (
    <Section title="Import">
      <DropZone onFile={file => void take(file)} />
      {done && <p className="petri-State" role="status">{done}</p>}
      {file && <Preview key={file.content} plate={plate} file={file} onCommitted={committed} onCancel={() => setFile(undefined)} />}
    </Section>
  )
}

function DropZone({ onFile }: { onFile(file: File | undefined): void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer.files[0])
  }
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    onFile(event.target.files?.[0])
    event.target.value = '' // the same file may be chosen again, after it was corrected
  }
  return (
    <div
      className={`petri-DropZone ${over ? 'petri-mod-over' : ''}`} onDrop={drop}
      onDragOver={event => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
    >
      <p>Drop a plate reader’s export here (CSV), or</p>
      <button className="petri-Button" onClick={() => input.current?.click()}>Choose a file…</button>
      <input ref={input} type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" hidden aria-label="Plate reader export" onChange={choose} />
    </div>
  )
}

interface PlatePreview { ok: boolean; rows: number; columns: number; wells: Well[]; problems: string[]; already_committed: boolean }
interface Measurand { code: string; name: string; unit: string }

function Preview({ plate, file, onCommitted, onCancel }: { plate: Plate; file: Export; onCommitted(wells: number): void; onCancel(): void }): ReactElement {
  const { session } = useLab()
  const [sign, setSign] = useState('.')
  const preview = useResource(signal => session.call<PlatePreview>('preview_plate_file',
    { plate_id: plate.id, content: file.content, decimal_sign: sign }, { signal }), [plate.id, file.content, sign])
  return (
    <section className="petri-Preview" aria-label="Preview">
      <header className="petri-Preview-head">
        <h3>Preview of {file.name}</h3>
        <label>Decimal sign <select className="petri-Input" value={sign} onChange={event => setSign(event.target.value)}>
          <option value=".">point</option><option value=",">comma</option>
        </select></label>
      </header>
      <Loaded resource={preview}>
        {value => (
          <>
            <Problems preview={value} />
            <HeatMap label={`Preview of ${file.name}`} rows={value.rows} columns={value.columns} wells={value.wells} />
            <Commit preview={value} args={{ plate_id: plate.id, content: file.content, decimal_sign: sign }} onCommitted={onCommitted} onCancel={onCancel} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Problems({ preview: { problems, already_committed } }: { preview: PlatePreview }): ReactElement {
  return (
    <>
      {already_committed && <p className="petri-Notice" role="alert">This export was already committed to this plate.</p>}
      {problems.length > 0 && (
        <div className="petri-Failure" role="alert">
          <div>
            <strong>{problems.length === 1 ? 'One thing is' : `${problems.length} things are`} wrong with this file. Nothing was written.</strong>
            <ul>{problems.slice(0, 12).map(problem => <li key={problem}>{problem}</li>)}</ul>
            {problems.length > 12 && <p>… and {problems.length - 12} more.</p>}
          </div>
        </div>
      )}
    </>
  )
}

function Commit({ preview, args, onCommitted, onCancel }: { preview: PlatePreview; args: object; onCommitted(wells: number): void; onCancel(): void }): ReactElement {
  const { session } = useLab()
  const measurands = useResource(signal => session.read<Measurand>('measurands', { select: 'code,name,unit', order: 'name', limit: 1000 }, { signal }), [])
  const [measurand, setMeasurand] = useState('')
  const [error, setError] = useState<PetriError>()
  const [busy, setBusy] = useState(false)
  const commit = async (): Promise<void> => {
    setBusy(true)
    try {
      onCommitted((await session.call<{ committed: number }>('commit_plate_file', { ...args, measurand })).committed)
    } catch (reason) {
      setError(asPetriError(reason))
      setBusy(false)
    }
  }
  return (
    <>
      {error && <Failure error={error} />}
      <div className="petri-Preview-actions">
        <Loaded resource={measurands}>
          {rows => (
            <label>What was measured <select className="petri-Input" value={measurand} onChange={event => setMeasurand(event.target.value)}>
              <option value="">Choose…</option>
              {rows.map(({ code, name, unit }) => <option key={code} value={code}>{name}{unit === '1' ? '' : ` [${unit}]`}</option>)}
            </select></label>
          )}
        </Loaded>
        <button className="petri-Button" onClick={onCancel}>Cancel</button>
        <button className="petri-Button petri-mod-primary" disabled={busy || !preview.ok || preview.already_committed || measurand === ''} onClick={() => void commit()}>
          Commit {preview.wells.length} wells
        </button>
      </div>
    </>
  )
}
