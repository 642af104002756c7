import { useEffect, useState, type ReactElement } from 'react'
import type { Act, Outbox } from '../outbox/outbox.ts'
import { OutboxNotice } from '../outbox/notice.tsx'
import { RefusedCalls } from '../outbox/refused-calls.tsx'
import { asPetriError } from '../session/error.ts'
import { useChanges, useLoadable, useResource, useSignal } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { RecordLink, Section } from '../ui/record.tsx'
import { ScanBox, type ScanWord } from '../ui/scan-box.tsx'
import { Loaded } from '../ui/states.tsx'
import { nextFree, placings, whereIs } from './filling.ts'
import { PlaceGrid } from './grid.tsx'
import type { Position } from './rows.ts'

interface Found { kind: string; id: string; own_code: string; name: string }

/** Scan a rack or a box, then each tube: it goes into the next free position, and the grid shows it. */
export function Racking({ outbox, place: given }: { outbox: Outbox; place?: Found }): ReactElement {
  const { session } = useLab()
  const [place, setPlace] = useState(given)
  const [word, setWord] = useState<ScanWord>()
  const find = async (code: string): Promise<void> => {
    try {
      const [found] = await session.call<Found[]>('find_code', { code })
      if (found?.kind === 'place') {
        setPlace(found)
        setWord(undefined)
      } else setWord({ text: found ? `${code} is a ${found.kind}: scan the rack or box first.` : `Nothing of yours carries the code ${code}.`, tone: 'bad' })
    } catch (reason) {
      setWord({ text: asPetriError(reason).message, tone: 'bad' })
    }
  }
  return (
    <Section title="Rack" actions={place && !given && <button className="petri-Button" onClick={() => setPlace(undefined)}>Another place</button>}>
      {place
        ? <Filling key={place.id} outbox={outbox} place={place} onOtherPlace={code => void find(code)} />
        : <ScanBox label="Scan the rack or box" placeholder="The code of the place" said={word} onScan={code => void find(code)} />}
    </Section>
  )
}

const TABLES = ['samples', 'material_acts'] as const

function Filling({ outbox, place, onOtherPlace }: { outbox: Outbox; place: Found; onOtherPlace(code: string): void }): ReactElement {
  const { session } = useLab()
  const about = `place:${place.id}`
  const grid = useResource(signal => session.call<Position[]>('read_place', { place_id: place.id }, { signal }), [place.id])
  useChanges(TABLES, () => void grid.load())
  useDelivered(outbox, about, () => void grid.load())
  const positions = useLoadable(grid).value ?? []
  useSignal(outbox.changed, () => outbox.waiting)
  const waiting = outbox.about(about)
  const going = placings(waiting)
  const [wanted, setWanted] = useState<string>()
  const [word, setWord] = useState<ScanWord>()
  const next = nextFree(positions, going, wanted)

  const rack = (code: string): void => {
    const there = whereIs(code, positions, going)
    if (isPlaceCode(code)) return onOtherPlace(code)
    if (there) return setWord({ text: `${code} is in ${there} already.`, tone: 'warn' })
    if (!next) return setWord({ text: `${place.name} is full: scan another place.`, tone: 'bad' })
    const key = crypto.randomUUID()
    const args = { place_id: place.id, items: [{ code, position: next }], happened_at: new Date().toISOString(), act_key: key }
    outbox.add({ type: 'call', key, name: 'rack_materials', args, about, alone: true })
    setWanted(undefined)
    setWord({ text: `${code} goes into ${next}.`, tone: 'good' })
  }
  return (
    <>
      <p className="petri-Racking-place"><RecordLink kind="place" id={place.id}>{place.name}</RecordLink> <span className="petri-Code">{place.own_code}</span></p>
      <ScanBox label={next ? `Scan a tube into ${next}` : 'It is full'} placeholder="Any code of the tube" said={word} focused onScan={rack} />
      <OutboxNotice outbox={outbox} waiting={waiting} />
      <RefusedCalls outbox={outbox} waiting={waiting} />
      <Loaded resource={grid} isEmpty={rows => rows.length === 0} empty="This place has no positions: scan a rack or a box.">
        {rows => <PlaceGrid label={place.name} grid={rows} placings={going} next={next} onChoose={setWanted} />}
      </Loaded>
    </>
  )
}

const isPlaceCode = (code: string): boolean => /^L-[0-9A-Z]{7,12}$/i.test(code)

/** Calls back once the database has taken acts; several at once are one call. */
function useDelivered(outbox: Outbox, about: string, onDelivered: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const slot = (_: unknown, { act }: { act: Act }): void => {
      if (act.type !== 'call' || act.about !== about) return
      clearTimeout(timer)
      timer = setTimeout(onDelivered, 100)
    }
    outbox.delivered.connect(slot)
    return () => {
      clearTimeout(timer)
      outbox.delivered.disconnect(slot)
    }
  }, [outbox, about])
}
