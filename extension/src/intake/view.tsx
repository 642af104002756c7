import { useEffect, useState, type ReactElement } from 'react'
import { outboxOf, type Act, type Outbox } from '../outbox/outbox.ts'
import { OutboxNotice } from '../outbox/notice.tsx'
import { RefusedCalls } from '../outbox/refused-calls.tsx'
import { Racking } from '../places/racking.tsx'
import { readOne } from '../records/read-one.ts'
import type { RecordViewProps } from '../records/kinds.ts'
import type { Person } from '../session/types.ts'
import { formatTime } from '../ui/format.ts'
import { useChanges, useOnline, useResource, useSignal } from '../ui/hooks.ts'
import { shipmentIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, Section } from '../ui/record.tsx'
import type { Resource } from '../ui/resource.ts'
import { Loaded } from '../ui/states.tsx'
import { CloseShipment } from './close.tsx'
import { ItemTable } from './items.tsx'
import { Receive } from './receive.tsx'
import type { Difference, Item, Shipment } from './rows.ts'
import { tallies, toItems, type Tally } from './tally.ts'

interface Picture { shipment: Shipment; items: Item[]; differences: Difference[]; person: Person }

const TABLES = ['shipments', 'shipment_items'] as const
const MOST_ITEMS = 5000

/** One shipment, from the sender's list to the rack. */
export function ShipmentView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const picture = useResource<Picture>(async signal => {
    const [person, shipment, items, differences] = await Promise.all([
      session.identify(),
      readOne<Shipment>(session, 'shipments', id, signal),
      session.read<Item>('shipment_items', { shipment_id: `eq.${id}`, order: 'ordinal', limit: MOST_ITEMS }, { signal }),
      session.read<Difference>('shipment_discrepancies', { shipment_id: `eq.${id}`, order: 'ordinal', limit: MOST_ITEMS }, { signal }),
    ])
    return { person, shipment, items, differences }
  }, [id])
  useChanges(TABLES, () => void picture.load())
  return <Loaded resource={picture}>{value => <ShipmentPage picture={value} resource={picture} onTitle={onTitle} />}</Loaded>
}

function ShipmentPage({ picture, resource, onTitle }: { picture: Picture; resource: Resource<Picture>; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { shipment, items, differences, person } = picture
  const { session } = useLab()
  const outbox = outboxOf(session, person.id)
  useSignal(outbox.changed, () => outbox.waiting)
  const waiting = outbox.about(shipment.id)
  const [tally, setTally] = useTally(person.id, shipment.id)
  useEffect(() => onTitle(shipment.name, shipment.code), [shipment.name, shipment.code])
  useDeliveries(outbox, shipment.id, resource)

  const send = (name: string, args: object): void => {
    const key = crypto.randomUUID()
    outbox.add({ type: 'call', key, name, args: { shipment_id: shipment.id, ...args, act_key: key }, about: shipment.id })
  }
  const save = (): void => {
    send('receive_items', { items: toItems(tally), received_at: new Date().toISOString() })
    setTally({})
  }
  const open = shipment.status !== 'closed'
  return (
    <article className="petri-Page petri-Intake">
      <RecordHead icon={shipmentIcon} kind="shipment" label="Shipment" code={shipment.code} name={shipment.name} status={shipment.status} />
      <ShipmentFacts shipment={shipment} />
      <OutboxNotice outbox={outbox} waiting={waiting} />
      <RefusedCalls outbox={outbox} waiting={waiting} onWithdraw={({ args }) => setTally({ ...tallyOf(args['items']), ...tally })} />
      {open && waiting.length === 0 && <Receive items={items} tally={tally} onChange={setTally} onSave={save} />}
      {items.some(item => item.sample_id) && <Labels items={items} />}
      {items.some(item => item.sample_id) && <Racking outbox={outbox} />}
      <CloseShipment shipment={shipment} differences={differences} onClose={reason => send('close_shipment', { reason: reason || null })} />
      <ItemTable items={items} tally={tally} onChange={setTally} />
    </article>
  )
}

/** What is ticked, kept at each scan. */
function useTally(person: string, shipment: string): [Tally, (tally: Tally) => void] {
  const [tally, setTally] = useState(() => tallies.read(person, shipment))
  return [tally, next => {
    tallies.keep(person, shipment, next)
    setTally(next)
  }]
}

/** What was sent and refused is ticked again, to be put right. */
const tallyOf = (items: unknown): Tally =>
  Object.fromEntries((Array.isArray(items) ? items as { code: string }[] : []).map(({ code, ...said }) => [code, said])) as Tally

/** What the database took is read back at once, not when the stream of changes comes round. */
function useDeliveries(outbox: Outbox, shipment: string, resource: Resource<Picture>): void {
  const online = useOnline()
  useEffect(() => void (online && outbox.send()), [outbox, online])
  useEffect(() => {
    const reload = (_: unknown, { act }: { act: Act }): void => void (act.type === 'call' && act.about === shipment && resource.load())
    outbox.delivered.connect(reload)
    return () => void outbox.delivered.disconnect(reload)
  }, [outbox, shipment, resource])
}

function ShipmentFacts({ shipment: { sender, reference, expected_on, arrived_at, listed_count, received_count, missing_count, unexpected_count, awaited_count } }: { shipment: Shipment }): ReactElement {
  const counts = [`${listed_count} on the list`, `${received_count} received`, missing_count > 0 && `${missing_count} missing`, unexpected_count > 0 && `${unexpected_count} unexpected`, awaited_count > 0 && `${awaited_count} awaited`]
  return (
    <Facts facts={[
      ['Sender', sender], ['Sender’s number', reference], ['Expected on', expected_on],
      ['Arrived', arrived_at && formatTime(arrived_at)], ['Items', counts.filter(Boolean).join(', ')],
    ]} />
  )
}

/** Labels of what was received: ours, with the sender's code below. */
function Labels({ items }: { items: readonly Item[] }): ReactElement {
  const { printLabels } = useLab()
  const received = items.filter(item => item.sample !== null)
  const print = (): void => printLabels(received.map(({ sample, name, sender_code, sample_type }) => ({ code: sample!, name, lines: [sender_code, sample_type] })))
  return (
    <Section title="Labels" count={received.length} actions={<button className="petri-Button" onClick={print}>Print {received.length} labels…</button>}>
      <p className="petri-State">One for each tube that was received, with the sender’s code on it.</p>
    </Section>
  )
}
