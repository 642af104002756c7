import { LABEL_SHEETS, makeLabels, planLabels, renderSvg, type LabelFile, type Labels } from '@petri/client/dist/labels.mjs'
import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/states.tsx'
import type { Labelled } from '../ui/lab.ts'
import { keepChoices, readChoices, type LabelChoices } from './choices.ts'

const FORMATS = { pdf: 'PDF, for any printer', svg: 'SVG, to edit', zpl: 'ZPL, for a label printer' } as const
const SYMBOLS = { datamatrix: 'Data Matrix', code128: 'Code 128' } as const
const RESOLUTIONS = { 8: '203 dpi', 12: '300 dpi', 24: '600 dpi' } as const

/** On what to print, with the first sheet as it will come out. */
export function LabelDialog({ records, onClose }: { records: Labelled[]; onClose(): void }): ReactElement {
  const [choices, setChoices] = useState(readChoices)
  const [skip, setSkip] = useState(0)
  const [printed, setPrinted] = useState<Labels>()
  const [failure, setFailure] = useState<PetriError>()
  const preview = usePreview(records, choices, skip)
  const change = (part: Partial<LabelChoices>): void => {
    setChoices({ ...choices, ...part })
    setPrinted(undefined)
  }
  const print = async (): Promise<void> => {
    try {
      const made = await makeLabels(records, { ...choices, skip, name: records.length === 1 ? `label-${records[0]!.code}` : 'labels' })
      keepChoices(choices)
      made.files.forEach(save)
      if (made.notes.length === 0) onClose()
      else setPrinted(made) // a person should read what was left out
    } catch (error) {
      setFailure(asPetriError(error))
    }
  }
  const title = records.length === 1 ? `Print the label of ${records[0]!.code}` : `Print ${records.length} labels`
  return (
    <Dialog title={title} submit={printed ? 'Print again' : 'Print'} wide onSubmit={() => void print()} onCancel={onClose}>
      <div className="petri-Labels">
        <div className="petri-Labels-choices">
          <Choice label="Sheet or roll" value={choices.sheet} options={sheetNames} onChange={sheet => { change({ sheet }); setSkip(0) }} />
          <Choice label="File" value={choices.format} options={FORMATS} onChange={format => change({ format })} />
          <Choice label="Barcode" value={choices.symbology} options={SYMBOLS} onChange={symbology => change({ symbology })} />
          {choices.format === 'zpl' && <Choice label="Printer" value={choices.dotsPerMm} options={RESOLUTIONS} onChange={dots => change({ dotsPerMm: Number(dots) })} />}
          <Count label="Copies of each" value={choices.copies} least={1} most={100} onChange={copies => change({ copies })} />
          {placesOf(choices) > 1 && <Count label="Labels already used" value={skip} least={0} most={placesOf(choices) - 1} onChange={setSkip} />}
        </div>
        <Preview {...preview} />
      </div>
      {failure && <Failure error={failure} />}
      {printed?.notes.map(note => <p key={note} className="petri-Failure petri-Notice" role="status">{note}</p>)}
    </Dialog>
  )
}

const sheetNames = Object.fromEntries(Object.entries(LABEL_SHEETS).map(([name, { label }]) => [name, label])) as Record<LabelChoices['sheet'], string>

const placesOf = ({ sheet }: LabelChoices): number => LABEL_SHEETS[sheet].columns * LABEL_SHEETS[sheet].rows

function Choice<Value extends string | number>({ label, value, options, onChange }: {
  label: string; value: Value; options: Record<Value, string>; onChange(value: Value): void
}): ReactElement {
  return (
    <label className="petri-Field"><span>{label}</span>
      <select className="petri-Input" value={value} onChange={event => onChange(event.target.value as Value)}>
        {Object.entries<string>(options).map(([name, words]) => <option key={name} value={name}>{words}</option>)}
      </select>
    </label>
  )
}

function Count({ label, value, least, most, onChange }: { label: string; value: number; least: number; most: number; onChange(value: number): void }): ReactElement {
  const read = (text: string): number => Math.min(most, Math.max(least, Math.trunc(Number(text)) || least))
  return (
    <label className="petri-Field"><span>{label}</span>
      <input className="petri-Input" type="number" min={least} max={most} value={value} onChange={event => onChange(read(event.target.value))} />
    </label>
  )
}

interface FirstSheet { url?: string; sheets?: number; problem?: string }

/** The first sheet as a picture; the plan behind it refuses what cannot be printed. */
function usePreview(records: Labelled[], { sheet, symbology, copies }: LabelChoices, skip: number): FirstSheet {
  const made = useMemo(() => {
    try {
      const plan = planLabels(records, { sheet, symbology, copies, skip })
      const [page] = renderSvg({ ...plan, pages: plan.pages.slice(0, 1) })
      return { sheets: plan.pages.length, url: URL.createObjectURL(new Blob([page!], { type: 'image/svg+xml' })) }
    } catch (error) {
      return { problem: asPetriError(error).message }
    }
  }, [records, sheet, symbology, copies, skip])
  useEffect(() => () => { if (made.url) URL.revokeObjectURL(made.url) }, [made])
  return made
}

function Preview({ url, sheets, problem }: FirstSheet): ReactElement {
  if (problem) return <p className="petri-Problem petri-Labels-preview" role="alert">{problem}</p>
  return (
    <figure className="petri-Labels-preview">
      <img src={url} alt="The first sheet" />
      <figcaption>{sheets === 1 ? 'As it will be printed' : `The first of ${sheets} sheets`}. Print without scaling.</figcaption>
    </figure>
  )
}

function save({ name, mediaType, bytes }: LabelFile): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type: mediaType }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // the download has begun by then
}
