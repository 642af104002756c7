import { useState, type ReactElement } from 'react'
import { useChanges, useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { RecordLink } from '../ui/record.tsx'
import { Loaded } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import type { Shipment } from './rows.ts'

const TABLES = ['shipments', 'shipment_items'] as const
const MOST = 200

/** Shipments that are not closed, the next one first; or all, the newest first. */
export function ShipmentList(): ReactElement {
  const { session } = useLab()
  const [all, setAll] = useState(false)
  const shipments = useResource(signal => session.read<Shipment>('shipments',
    { ...(all ? { order: 'id.desc' } : { status: 'neq.closed', order: 'expected_on.asc.nullslast,id' }), limit: MOST }, { signal }), [all])
  useChanges(TABLES, () => void shipments.load())
  return (
    <article className="petri-Page">
      <header className="petri-ListHead">
        <h1>Shipments</h1>
        <label><input type="checkbox" checked={all} onChange={event => setAll(event.target.checked)} /> closed ones too</label>
      </header>
      <Loaded resource={shipments} isEmpty={rows => rows.length === 0} empty={all ? 'No shipment was announced in your projects.' : 'Nothing is on its way. A shipment is announced with the sender’s list, from a notebook or over REST.'}>
        {rows => <Table label="Shipments" rows={rows} columns={[
          { label: 'Shipment', cell: row => <RecordLink kind="shipment" id={row.id}>{row.name}</RecordLink> },
          { label: 'Code', cell: row => <span className="petri-Code">{row.code}</span> },
          { label: 'Expected on', cell: row => row.expected_on },
          { label: 'Status', cell: row => <Status status={row.status} /> },
          { label: 'Listed', numeric: true, cell: row => row.listed_count },
          { label: 'Received', numeric: true, cell: row => row.received_count },
          { label: 'Missing', numeric: true, cell: row => row.missing_count },
          { label: 'Unexpected', numeric: true, cell: row => row.unexpected_count },
        ]} />}
      </Loaded>
    </article>
  )
}
