import type { CallAct, Waiting } from '../outbox/outbox.ts'
import type { Position } from './rows.ts'

/** A tube that was scanned and is on its way to a position. */
export interface Placing { key: string; code: string; position: string; refused: boolean }

export const placings = (waiting: readonly Waiting<CallAct>[]): Placing[] => waiting.flatMap(({ act, refusal }) => {
  const [item] = (act.args['items'] ?? []) as { code: string; position: string }[]
  return act.name === 'rack_materials' && item ? [{ key: act.key, ...item, refused: refusal !== undefined }] : []
})

/** The next position to fill: `wanted` while it is free, else the first free one, row by row. Undefined when it is full. */
export function nextFree(grid: readonly Position[], waiting: readonly Placing[], wanted?: string): string | undefined {
  const going = new Set(waiting.filter(({ refused }) => !refused).map(({ position }) => position))
  const free = grid.filter(({ state, at_position }) => state === 'free' && !going.has(at_position))
  return (free.find(({ at_position }) => at_position === wanted) ?? free[0])?.at_position
}

/** Where a code is already, in the grid or on its way there. */
export function whereIs(code: string, grid: readonly Position[], waiting: readonly Placing[]): string | undefined {
  const same = (other: string | null): boolean => other?.toUpperCase() === code.toUpperCase()
  return grid.find(position => same(position.code))?.at_position ?? waiting.find(placing => !placing.refused && same(placing.code))?.position
}
