import { useState, type ReactElement } from 'react'
import { Section } from '../ui/record.tsx'
import { Table } from '../ui/table.tsx'
import type { Difference, Shipment } from './rows.ts'

/** What differs from the list, and the end of the intake. */
export function CloseShipment({ shipment, differences, onClose }: { shipment: Shipment; differences: readonly Difference[]; onClose(reason: string): void }): ReactElement | null {
  const [reason, setReason] = useState('')
  const closed = shipment.status === 'closed'
  const awaits = shipment.awaited_count > 0
  if (shipment.status === 'announced') return null
  return (
    <Section title="Differences" count={differences.length}>
      {differences.length === 0 ? <p className="petri-State">Everything is as the list says{awaits ? ', so far' : ''}.</p> : (
        <Table label="Differences" rows={differences.map(row => ({ ...row, id: `${row.item_id} ${row.kind}` }))} columns={[
          { label: 'Sender’s code', cell: row => <span className="petri-Code">{row.sender_code}</span> },
          { label: 'Name', cell: row => row.name },
          { label: 'What', cell: row => row.kind },
          { label: 'In words', cell: row => row.description },
        ]} />
      )}
      {closed ? <p className="petri-State">Closed{shipment.closing_reason && `: ${shipment.closing_reason}`}.</p> : (
        <form className="petri-Close" onSubmit={event => { event.preventDefault(); onClose(reason.trim()) }}>
          <label className="petri-Field"><span>{differences.length > 0 ? 'What was done about it' : 'Remark'}</span>
            <input className="petri-Input" value={reason} onChange={event => setReason(event.target.value)} />
          </label>
          <button className="petri-Button" disabled={awaits || (differences.length > 0 && reason.trim() === '')}>Close the shipment</button>
          {awaits && <p className="petri-State">{shipment.awaited_count} items are neither received nor marked missing.</p>}
        </form>
      )}
    </Section>
  )
}

