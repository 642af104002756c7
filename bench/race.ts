import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Target } from './ratio.ts'

/** What a run brought: how much of it, and the hash of its decoded content. */
export interface Work {
  rows: number
  /** Size of the content that the checksum is over, the same however it travelled. */
  bytes: number
  checksum: string
}

/** One way to do the work. */
export interface Contender {
  name: string
  /** The timed part; it resolves to what reads off its result, while the clock stands still. */
  run(): Promise<() => Work | Promise<Work>>
}

/** `name` is how many times as long the contender `top` takes as the contender `bottom`. */
export interface Question {
  name: string
  top: string
  bottom: string
  target?: Target
}

/** Contenders that all bring the same content, ours first, and what is asked of their times. */
export interface Race {
  contenders: Contender[]
  questions: Question[]
}

export interface Times {
  name: string
  millis: number[]
}

export interface Outcome {
  times: Times[]
  work: Work
}

/** `runs` rounds of all contenders, each round in another order. @throws Error where two did not bring the same. */
export async function runRace({ contenders }: Pick<Race, 'contenders'>, runs: number): Promise<Outcome> {
  const times = contenders.map(({ name }) => ({ name, millis: [] as number[] }))
  // Nobody is timed cold: the first round fills caches and compiles.
  const work = await runRound(contenders)
  for (let round = 0; round < runs; round++) {
    for (const at of rotation(contenders.length, round)) times[at]!.millis.push(await timeOne(contenders[at]!, work))
  }
  return { times, work }
}

async function runRound(contenders: Contender[]): Promise<Work> {
  const [first, ...others] = contenders
  if (!first) throw new Error('nobody runs: expected at least one contender')
  const work = await (await first.run())()
  for (const other of others) await timeOne(other, work)
  return work
}

async function timeOne(contender: Contender, expected: Work): Promise<number> {
  collectGarbage()
  const begun = performance.now()
  const describe = await contender.run()
  const took = performance.now() - begun
  demandSame(contender.name, await describe(), expected)
  return took
}

function demandSame(name: string, got: Work, expected: Work): void {
  if (got.checksum === expected.checksum && got.rows === expected.rows) return
  throw new Error(`${name} did other work: ${got.rows} rows with checksum ${got.checksum}, expected ${expected.rows} with ${expected.checksum}`)
}

/** 0 1 2, 1 2 0, 2 0 1, …: nobody always runs after the same neighbour's garbage. */
const rotation = (count: number, round: number): number[] => Array.from({ length: count }, (_, i) => (i + round) % count)

// One contender's garbage must not be collected on the next one's time.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
