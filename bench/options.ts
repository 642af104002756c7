import { parseArgs } from 'node:util'

export interface Options {
  name: string
  json: boolean
  runs: number
}

const fewestRuns = 7

/** Reads `NAME [--json] [--runs N]`. @throws Error that says what would be right. */
export function readOptions(args: string[], names: string[]): Options {
  const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean' }, runs: { type: 'string' } }, allowPositionals: true })
  const [name = '', ...others] = positionals
  if (!names.includes(name) || others.length > 0) throw new Error(`unknown bench "${positionals.join(' ')}": expected one of ${names.join(', ')}`)
  return { name, json: values.json ?? false, runs: readRuns(values.runs ?? `${fewestRuns}`) }
}

function readRuns(text: string): number {
  const runs = Number(text)
  if (!Number.isInteger(runs) || runs < fewestRuns) throw new Error(`--runs ${text}: expected a whole number from ${fewestRuns}`)
  return runs
}
