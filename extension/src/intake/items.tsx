import type { ReactElement } from 'react'
import { formatQuantity } from '../ui/format.ts'
import { RecordLink, Section } from '../ui/record.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import type { Item } from './rows.ts'
import { say, type Said, type Tally } from './tally.ts'

interface Line extends Pick<Item, 'id' | 'sender_code' | 'name' | 'sample_type' | 'amount' | 'amount_unit' | 'sample_id' | 'sample'> { state: string; condition: string; said?: Said }

/** The sender's list, with what is ticked here and not sent yet. */
export function ItemTable({ items, tally, onChange }: { items: readonly Item[]; tally: Tally; onChange(tally: Tally): void }): ReactElement {
  const known = items.map(item => lineOf(item, tally[item.sender_code]))
  const strays = Object.entries(tally).filter(([code]) => !items.some(item => item.sender_code === code)).map(([code, said]) => strayLine(code, said))
  return (
    <Section title="Items" count={items.length}>
      <Table label="Items" rows={[...known, ...strays]} columns={[
        { label: 'Sender’s code', cell: line => <span className="petri-Code">{line.sender_code}</span> },
        { label: 'Name', cell: line => line.name },
        { label: 'Type', cell: line => line.sample_type },
        { label: 'Amount', numeric: true, cell: line => line.amount !== null && formatQuantity(line.amount, line.amount_unit) },
        { label: 'State', cell: line => <Status status={line.state} /> },
        { label: 'Condition', cell: line => line.condition },
        { label: 'Sample', cell: line => line.sample_id ? <RecordLink kind="sample" id={line.sample_id}><span className="petri-Code">{line.sample}</span></RecordLink>
          : line.said && <button className="petri-Link" onClick={() => onChange(say(tally, line.sender_code, undefined))}>Take back</button> },
      ]} />
    </Section>
  )
}

const STATES = { received: 'ticked', missing: 'marked missing', unexpected: 'ticked, unexpected' } as const

function lineOf(item: Item, said: Said | undefined): Line {
  const settled = item.expected ? item.outcome : 'received, unexpected'
  return { ...item, said: item.outcome === 'received' ? undefined : said, state: said && item.outcome !== 'received' ? STATES[said.outcome] : settled, condition: words(said ?? item) }
}

const strayLine = (code: string, said: Said): Line => ({
  id: code, sender_code: code, name: code, sample_type: said.sample_type ?? '', amount: null, amount_unit: null, sample_id: null, sample: null,
  state: STATES.unexpected, condition: words(said), said,
})

const words = ({ condition, condition_note }: { condition?: string | null; condition_note?: string | null }): string => [condition, condition_note].filter(Boolean).join(': ')
