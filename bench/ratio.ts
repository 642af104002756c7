import { median, medianInterval, type Interval } from './statistics.ts'

/** What a ratio should be, as the issues' tables write it: `≥ 6`, `≤ 1.3`. */
export type Target = { atLeast: number } | { atMost: number }

/** `undecided`: the spread includes the target, or 1 where there is none; more runs, or a quieter machine, may decide. */
export type Verdict = 'met' | 'missed' | 'decided' | 'undecided'

export interface Ratio extends Interval {
  value: number
  verdict: Verdict
}

/**
 * How many times as long `top` took as `bottom`. Runs are compared in the pairs that ran side by side, so that what slows
 * the whole machine for a while slows both.
 */
export function compare(top: readonly number[], bottom: readonly number[], target?: Target): Ratio {
  if (top.length !== bottom.length) throw new Error(`${top.length} runs against ${bottom.length}: expected pairs`)
  const ratios = top.map((value, run) => value / bottom[run]!)
  const interval = medianInterval(ratios)
  return { value: median(ratios), ...interval, verdict: judge(interval, target) }
}

export function judge({ low, high }: Interval, target?: Target): Verdict {
  const limit = limitOf(target)
  if (low <= limit && limit <= high) return 'undecided'
  if (!target) return 'decided'
  return 'atLeast' in target === low > limit ? 'met' : 'missed'
}

function limitOf(target?: Target): number {
  if (!target) return 1
  return 'atLeast' in target ? target.atLeast : target.atMost
}

export const formatTarget = (target: Target): string => ('atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`)
