import type { Outcome, Question, Race } from './race.ts'
import { compare, formatTarget, type Ratio } from './ratio.ts'
import { median } from './statistics.ts'

/** One line of `--json`: `value` is how many times as long `top` took as `bottom`. */
export interface Finding {
  name: string
  value: number
  unit: 'ratio'
  baseline: string
  runs: number
  rows: number
  bytes: number
  checksum: string
}

/** What a race told of each of its questions. */
export function answer({ contenders, questions }: Race, outcome: Outcome): { question: Question; ratio: Ratio; finding: Finding }[] {
  const millisOf = (name: string) => outcome.times.find((times) => times.name === name)!.millis
  return questions.map((question) => {
    const { name, top, bottom, target } = question
    const ratio = compare(millisOf(top), millisOf(bottom), target)
    const baseline = top === contenders[0]!.name ? bottom : top
    const finding = { name, value: round(ratio.value), unit: 'ratio', baseline, runs: millisOf(top).length, ...outcome.work } as const
    return { question, ratio, finding }
  })
}

/** Medians and extremes of the times, then each ratio with the interval of its median and what that decides. */
export function tabulate(race: Race, outcome: Outcome): string {
  const times = outcome.times.map(({ name, millis }) => [name, ms(median(millis)), `${ms(Math.min(...millis))} – ${ms(Math.max(...millis))}`, `${millis.length}`])
  const ratios = answer(race, outcome).map(({ question, ratio }) => [
    question.name,
    round(ratio.value).toString(),
    `${round(ratio.low)} – ${round(ratio.high)}`,
    ...judgement(question, ratio),
    `${question.top} ÷ ${question.bottom}`,
  ])
  const { rows, bytes, checksum } = outcome.work
  const did = `${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB of content each, checksum ${checksum.slice(0, 12)}`
  return [did, '', ...align([['', 'median ms', 'min – max', 'runs'], ...times]), '', ...align([['', 'ratio', '95 % interval', 'target', '', ''], ...ratios])].join('\n')
}

const judgement = ({ target }: Question, { verdict }: Ratio): string[] => [target ? formatTarget(target) : '', verdict]

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en'))
const round = (value: number): number => Number(value.toPrecision(3))

function align(table: string[][]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return table.map((row) => `  ${row.map((cell, column) => (column === 0 || column > 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('   ')}`.trimEnd())
}
