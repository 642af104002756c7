/** One well as it is drawn. */
export interface Well {
  /** Written like A01. */
  well: string
  value: number | null
  reported: string | null
  qualifier?: string | null
  /** What is wrong with it, in words. */
  problem?: string | null
}

export const rowLetter = (row: number): string => String.fromCharCode(65 + row)

/** `wellName(0, 0)` is A01. */
export const wellName = (row: number, column: number): string => rowLetter(row) + String(column + 1).padStart(2, '0')

export interface Scale {
  low: number
  high: number
}

/** From the smallest to the largest value; undefined when there is no number. */
export function scaleOf(wells: Iterable<Well>): Scale | undefined {
  const values = [...wells].flatMap(({ value }) => value === null ? [] : [value])
  if (values.length === 0) return undefined
  return { low: Math.min(...values), high: Math.max(...values) }
}

/** Where a value stands on the scale: 0 to 1. A plate of equal values stands in the middle. */
export function placeOn({ low, high }: Scale, value: number): number {
  return high === low ? 0.5 : (value - low) / (high - low)
}
