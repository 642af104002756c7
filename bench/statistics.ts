/** The middle value; between the two middle ones where their count is even. @throws Error for no values. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values)
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!
}

export interface Interval {
  low: number
  high: number
}

/**
 * Where the true median lies with at least 95 % confidence, whatever the distribution: between the k-th smallest and the
 * k-th largest value. With 7 values k is 1 (98 %), with 15 it is 4 (96 %): more runs decide more.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = ascending(values)
  const k = outermost(sorted.length)
  return { low: sorted[k - 1]!, high: sorted[sorted.length - k]! }
}

/** The largest k for which the median lies outside the k-th values at most once in 20. */
function outermost(count: number): number {
  let k = 1
  for (let tail = 1 + count; 2 * tail <= 0.05 * 2 ** count; tail += choose(count, k)) k += 1
  return k
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways
}

function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new Error('no values: expected at least one')
  return [...values].sort((a, b) => a - b)
}
