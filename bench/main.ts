import { Refusal } from '../hub/stack/bootstrap/refusal.mjs'
import { runCommand } from '../hub/stack/ending.ts'
import type { Bench } from './bench.ts'
import { file } from './file.ts'
import { withLab } from './lab.ts'
import { readOptions, type Options } from './options.ts'
import { policy } from './policy.ts'
import { runRace, type Race } from './race.ts'
import { answer, tabulate, type Finding } from './report.ts'
import { rows } from './rows.ts'

// `npm run bench -- NAME [--json] [--runs N]`: ours and what a user would pick instead, alternating on a real stack.

const benches: Record<string, Bench> = { rows, file, policy }

async function main({ rest }: { rest: string[] }): Promise<number> {
  const options = read(rest)
  const findings = await withLab((stack) => runBench(benches[options.name]!, stack, options))
  if (options.json) console.log(JSON.stringify(findings))
  return 0
}

function read(args: string[]): Options {
  try {
    return readOptions(args, Object.keys(benches))
  } catch (error) {
    throw new Refusal((error as Error).message, 2)
  }
}

async function runBench(bench: Bench, stack: Parameters<Bench['open']>[0], { name, runs }: Options): Promise<Finding[]> {
  console.log(`\n${name}: ${bench.does}`)
  const { races, close } = await bench.open(stack)
  try {
    const findings: Finding[] = []
    for (const race of races) findings.push(...(await report(race, runs)))
    return findings
  } finally {
    await close()
  }
}

async function report(race: Race, runs: number): Promise<Finding[]> {
  const outcome = await runRace(race, runs)
  console.log(`\n${tabulate(race, outcome)}\n`)
  return answer(race, outcome).map(({ finding }) => finding)
}

await runCommand(() => main(JSON.parse(process.argv[2] ?? '{"rest":[]}')))
