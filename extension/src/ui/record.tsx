import type { LabIcon } from '@jupyterlab/ui-components'
import type { ReactElement, ReactNode } from 'react'
import type { RecordKind } from '../tokens.ts'
import { labelIcon } from './icons.ts'
import { useLab } from './lab.ts'
import { Status } from './status.tsx'

/** The head of every record's page: what it is, its code, its name, where it stands. */
export function RecordHead({ icon, kind, label, code, name, onRename, status, synthetic, children }: {
  icon: LabIcon
  kind: RecordKind
  label: string
  code?: string
  name: string
  /** Set where the name can be typed over. */
  onRename?(name: string): void
  status?: string
  synthetic?: boolean
  children?: ReactNode
}): ReactElement {
  const target = code === undefined ? {} : { 'data-petri-kind': kind, 'data-petri-code': code, 'data-petri-name': name }
  return (
    <header className="petri-Head" {...target}>
      <icon.react tag="span" className="petri-Head-icon" />
      <div className="petri-Head-text">
        <p className="petri-Head-kind">{label}{code && <> · <span className="petri-Code">{code}</span></>}</p>
        <h1 className="petri-Head-name">
          {onRename ? <input className="petri-Head-input" aria-label="Title" value={name} onChange={event => onRename(event.target.value)} /> : name}
        </h1>
      </div>
      <div className="petri-Head-state">
        {synthetic && <span className="petri-Status petri-mod-quiet" title="Made up for demonstration or load, not measured in any laboratory">synthetic</span>}
        {status && <Status status={status} />}
      </div>
      <div className="petri-Head-actions">
        {children}
        {code !== undefined && <LabelButton code={code} name={name} />}
      </div>
    </header>
  )
}

function LabelButton({ code, name }: { code: string; name: string }): ReactElement {
  const { printLabels } = useLab()
  return (
    <button className="petri-Button petri-mod-icon" title="Print its label" aria-label="Print its label" onClick={() => printLabels([{ code, name }])}>
      <labelIcon.react tag="span" />
    </button>
  )
}

export function Section({ title, count, actions, children }: { title: string; count?: ReactNode; actions?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section className="petri-Section" aria-label={title}>
      <div className="petri-Section-head">
        <h2>{title}</h2>
        {count !== undefined && <span className="petri-Section-count">{count}</span>}
        <div className="petri-Section-actions">{actions}</div>
      </div>
      {children}
    </section>
  )
}

/** Labels and values, aligned. Empty values are left out. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }): ReactElement {
  return (
    <dl className="petri-Facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '').map(([label, value]) => (
        <div key={label} className="petri-Fact"><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}

export function RecordLink({ kind, id, children }: { kind: RecordKind; id: string; children: ReactNode }): ReactElement {
  const { openRecord } = useLab()
  return <button className="petri-Link" onClick={() => openRecord(kind, id)}>{children}</button>
}
