import { dirname, delimiter } from 'node:path'
import { seconds } from './bootstrap/terminal.mjs'
import type { StackDescription } from './description.ts'
import { runCommand } from './ending.ts'
import { readJson } from './json-file.ts'
import { listSuites, type Result, type Suite } from './suites.ts'
import { inTemporaryFolder, withStack } from './temporary.ts'
import { Refusal } from './bootstrap/refusal.mjs'

// `npm test`: every suite against one stack in a temporary folder, or against the running one that PETRI_STACK names.

interface Options {
  only?: string
  verbose?: boolean
}

async function test({ only, verbose = false }: Options): Promise<number> {
  const suites = listSuites().filter(({ name }) => !only || name === only)
  if (suites.length === 0) throw new Refusal(`No suite is called "${only}": expected one of ${listSuites().map(({ name }) => name).join(', ')}.`)
  const running = process.env.PETRI_STACK
  if (running) return runAll(suites, running, verbose)
  return inTemporaryFolder((dataDir) => withStack(dataDir, { verbose }, ({ places }) => runAll(suites, places.descriptionFile, verbose)))
}

async function runAll(suites: Suite[], file: string, verbose: boolean): Promise<number> {
  const stack = readJson<StackDescription>(file)
  if (!stack) throw new Refusal(`PETRI_STACK names ${file}, which is not there: start that stack, or unset PETRI_STACK.`)
  const results: Result[] = []
  for (const suite of suites) results.push(await runOne(suite, stack, environment(stack, file), verbose))
  const [passed, failed] = [sum(results, 'passed'), sum(results, 'failed')]
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

async function runOne(suite: Suite, stack: StackDescription, env: NodeJS.ProcessEnv, verbose: boolean): Promise<Result> {
  const began = Date.now()
  const result = await suite.run(stack, env).catch((error: Error) => ({ passed: 0, failed: 1, output: String(error.stack) }))
  if (result.failed > 0 || verbose) console.log(result.output)
  console.log(`${suite.name}: ${result.passed} passed, ${result.failed} failed  (${seconds(Date.now() - began)})`)
  return result
}

const sum = (results: Result[], what: 'passed' | 'failed') => results.reduce((total, result) => total + result[what], 0)

/** What suites find in their environment: the stack, and the Node and Python that belong to it first on the path. */
function environment(stack: StackDescription, file: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^PETRI_PARENT_PIPE$|^NODE_TEST_CONTEXT$/.test(name))
  const path = [dirname(stack.node), `${stack.venv}/bin`, process.env.PATH].join(delimiter)
  return { ...Object.fromEntries(inherited), PATH: path, PETRI_STACK: file, PETRI_MIGRATOR_URL: stack.databases.migrator, NODE_NO_WARNINGS: '1' }
}

await runCommand(() => test(JSON.parse(process.argv[2] ?? '{}') as Options))
