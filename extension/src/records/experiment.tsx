import { useEffect, type ReactElement } from 'react'
import { useChanges, useResource } from '../ui/hooks.ts'
import { experimentIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, RecordLink, Section } from '../ui/record.tsx'
import { formatSize, formatTime } from '../ui/format.ts'
import { Loaded } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import type { RecordViewProps } from './kinds.ts'
import { MeasurementTable } from './measurements.tsx'
import { ResultCard } from './result-card.tsx'
import type { Experiment, Result } from './rows.ts'
import { readOne } from './read-one.ts'

const TABLES = ['experiments'] as const

export function ExperimentView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const experiment = useResource(signal => readOne<Experiment>(session, 'experiments', id, signal), [id])
  useChanges(TABLES, () => void experiment.load())
  return <Loaded resource={experiment}>{row => <ExperimentPage experiment={row} onTitle={onTitle} />}</Loaded>
}

function ExperimentPage({ experiment, onTitle }: { experiment: Experiment; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { id, code, name, question, source, status, synthetic, created_at } = experiment
  useEffect(() => onTitle(name, code), [name, code])
  return (
    <article className="petri-Page">
      <RecordHead icon={experimentIcon} kind="experiment" label="Experiment" code={code} name={name} status={status} synthetic={synthetic} />
      <Section title="Details">
        <Facts facts={[['Question', question], ['Source', source], ['Registered', formatTime(created_at)]]} />
      </Section>
      <Results experiment={id} />
      <Entries experiment={id} />
      <MeasurementTable filter={{ experiment_id: `eq.${id}` }} />
      <Plates experiment={id} />
      <Runs experiment={id} />
      <Files experiment={id} />
    </article>
  )
}

const RESULT_TABLES = ['results'] as const

function Results({ experiment }: { experiment: string }): ReactElement {
  const { session } = useLab()
  const results = useResource(signal => session.read<Result>('results',
    { experiment_id: `eq.${experiment}`, order: 'id.desc', limit: 100 }, { signal }), [experiment])
  useChanges(RESULT_TABLES, () => void results.load())
  return (
    <Section title="Results">
      <Loaded resource={results} isEmpty={rows => rows.length === 0} empty="No result yet. A notebook registers one with lab.analyses.">
        {rows => <ul className="petri-Cards">{rows.map(row => <li key={row.id}><ResultCard result={row} /></li>)}</ul>}
      </Loaded>
    </Section>
  )
}

interface Titled { id: string; title: string; updated_at: string; version: number }
const ENTRY_TABLES = ['entries'] as const

function Entries({ experiment }: { experiment: string }): ReactElement {
  const { session, createRecord } = useLab()
  const entries = useResource(signal => session.read<Titled>('entries',
    { experiment_id: `eq.${experiment}`, select: 'id,title,updated_at,version', order: 'id', limit: 100 }, { signal }), [experiment])
  useChanges(ENTRY_TABLES, () => void entries.load())
  return (
    <Section title="Entries" actions={<button className="petri-Button" onClick={() => createRecord('entry', { experiment_id: experiment })}>New entry…</button>}>
      <Loaded resource={entries} isEmpty={rows => rows.length === 0} empty="Nobody wrote about this experiment yet.">
        {rows => <Table label="Entries" rows={rows} columns={[
          { label: 'Title', cell: row => <RecordLink kind="entry" id={row.id}>{row.title}</RecordLink> },
          { label: 'Version', numeric: true, cell: row => row.version },
          { label: 'Last changed', cell: row => formatTime(row.updated_at) },
        ]} />}
      </Loaded>
    </Section>
  )
}

interface Plate { id: string; code: string; name: string; row_count: number; column_count: number }

function Plates({ experiment }: { experiment: string }): ReactElement {
  const { session } = useLab()
  const plates = useResource(signal => session.read<Plate>('plates',
    { experiment_id: `eq.${experiment}`, order: 'id', limit: 100 }, { signal }), [experiment])
  return (
    <Section title="Plates">
      <Loaded resource={plates} isEmpty={rows => rows.length === 0} empty="No plate belongs to this experiment.">
        {rows => <Table label="Plates" rows={rows} columns={[
          { label: 'Name', cell: row => <RecordLink kind="plate" id={row.id}>{row.name}</RecordLink> },
          { label: 'Code', cell: row => <span className="petri-Code">{row.code}</span> },
          { label: 'Wells', numeric: true, cell: row => `${row.row_count} × ${row.column_count}` },
        ]} />}
      </Loaded>
    </Section>
  )
}

interface Run { id: string; code: string; name: string; status: string; sop_title: string; sop_version: number }
const RUN_TABLES = ['sop_runs'] as const

function Runs({ experiment }: { experiment: string }): ReactElement {
  const { session, createRecord } = useLab()
  const runs = useResource(signal => session.read<Run>('sop_runs',
    { experiment_id: `eq.${experiment}`, order: 'id.desc', limit: 100 }, { signal }), [experiment])
  useChanges(RUN_TABLES, () => void runs.load())
  return (
    <Section title="SOP runs" actions={<button className="petri-Button" onClick={() => createRecord('sop_run', { experiment_id: experiment })}>Start a run…</button>}>
      <Loaded resource={runs} isEmpty={rows => rows.length === 0} empty="No SOP run serves this experiment.">
        {rows => <Table label="SOP runs" rows={rows} columns={[
          { label: 'Run', cell: row => <RecordLink kind="sop_run" id={row.id}>{row.name}</RecordLink> },
          { label: 'Code', cell: row => <span className="petri-Code">{row.code}</span> },
          { label: 'Procedure', cell: row => `${row.sop_title}, version ${row.sop_version}` },
          { label: 'Status', cell: row => <Status status={row.status} /> },
        ]} />}
      </Loaded>
    </Section>
  )
}

interface StoredFile { id: string; name: string; media_type: string; size_bytes: number; status: string; sha256: string }
const FILE_TABLES = ['files'] as const

function Files({ experiment }: { experiment: string }): ReactElement {
  const { session } = useLab()
  const files = useResource(signal => session.read<StoredFile>('files',
    { experiment_id: `eq.${experiment}`, order: 'id.desc', limit: 100 }, { signal }), [experiment])
  useChanges(FILE_TABLES, () => void files.load())
  return (
    <Section title="Files">
      <Loaded resource={files} isEmpty={rows => rows.length === 0} empty="No file belongs to this experiment.">
        {rows => <Table label="Files" rows={rows} columns={[
          { label: 'Name', cell: row => row.name },
          { label: 'Type', cell: row => row.media_type },
          { label: 'Size', numeric: true, cell: row => formatSize(row.size_bytes) },
          { label: 'SHA-256', cell: row => <span className="petri-Code" title={row.sha256}>{row.sha256.slice(0, 12)}…</span> },
          { label: 'Status', cell: row => <Status status={row.status} /> },
        ]} />}
      </Loaded>
    </Section>
  )
}
