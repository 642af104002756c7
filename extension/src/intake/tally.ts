import type { Condition, Item } from './rows.ts'

/** What a person said of one item and has not sent yet. */
export interface Said {
  outcome: 'received' | 'missing' | 'unexpected'
  condition?: Condition
  condition_note?: string
  sample_type?: string
}

/** By the sender's code, in the order in which it was said. */
export type Tally = Readonly<Record<string, Said>>

/** What a scanned code means for the list. */
export type Scan = 'ticked' | 'again' | 'received before' | 'not on the list'

/** Ticks what was scanned, in good condition. What was ticked or received before is left as it is; nothing else changes. */
export function scan(tally: Tally, items: readonly Item[], typed: string): { code: string; scan: Scan; tally: Tally } {
  const item = items.find(({ sender_code }) => sender_code === typed) ?? items.find(({ sender_code }) => sender_code.toLowerCase() === typed.toLowerCase())
  const code = item?.sender_code ?? typed
  const said = tally[code]
  if (item?.outcome === 'received') return { code, scan: 'received before', tally }
  if (said && said.outcome !== 'missing') return { code, scan: 'again', tally }
  if (!item) return { code, scan: 'not on the list', tally }
  return { code, scan: 'ticked', tally: { ...tally, [code]: { outcome: 'received', condition: 'good' } } }
}

/** Changes what was said of an item; `undefined` takes it back. */
export function say(tally: Tally, code: string, said: Said | undefined): Tally {
  const { [code]: _, ...rest } = tally
  return said ? { ...tally, [code]: said } : rest
}

/** The items of the list of which nothing is known yet. */
export const awaited = (tally: Tally, items: readonly Item[]): Item[] =>
  items.filter(({ outcome, sender_code }) => outcome === 'awaited' && !tally[sender_code])

export const markMissing = (tally: Tally, codes: readonly string[]): Tally =>
  codes.reduce((now, code) => say(now, code, { outcome: 'missing' }), tally)

/** What keeps it from being sent, by code; empty when nothing does. */
export function gaps(tally: Tally): Record<string, string> {
  return Object.fromEntries(Object.entries(tally).flatMap(([code, { outcome, condition, condition_note, sample_type }]) => {
    if (condition === 'other' && !condition_note?.trim()) return [[code, 'Say in what condition it is.']]
    if (outcome === 'unexpected' && !sample_type?.trim()) return [[code, 'Say what kind of sample it is.']]
    return []
  }))
}

/** As `receive_items` takes it. */
export const toItems = (tally: Tally): object[] => Object.entries(tally).map(([code, said]) => ({ code, ...said }))

const keyOf = (person: string, shipment: string): string => `petri:intake:${person}:${shipment}`

/** What was ticked outlives a reload: kept at each scan, per person and shipment. */
export const tallies = {
  read: (person: string, shipment: string, storage: Storage = localStorage): Tally => JSON.parse(storage.getItem(keyOf(person, shipment)) ?? '{}') as Tally,
  keep(person: string, shipment: string, tally: Tally, storage: Storage = localStorage): void {
    if (Object.keys(tally).length === 0) storage.removeItem(keyOf(person, shipment))
    else storage.setItem(keyOf(person, shipment), JSON.stringify(tally))
  },
}
