import { randomUUID } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runTap } from '../../tests/law/tap.ts'
import { inRoot } from './bootstrap/paths.mjs'
import type { StackDescription } from './description.ts'
import { runToEnd } from './run-to-end.ts'

/** What a suite found; `output` is shown where something failed. */
export interface Result {
  passed: number
  failed: number
  output: string
}

export interface Suite {
  name: string
  run(stack: StackDescription, env: NodeJS.ProcessEnv): Promise<Result>
}

/** Every suite of `npm test`. Folders of `tests/` and files beside the code are found, not listed. */
export function listSuites(): Suite[] {
  return [
    command('types', [inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot()]),
    { name: 'law', run: runLaw },
    command('drift', [inRoot('db/migrate.ts'), 'check']),
    ...['kernel-lib', 'extension'].map(workspace),
    nodeTests('units', globSync(['hub/**/*.test.ts', 'db/**/*.test.ts', 'bench/**/*.test.ts'], { cwd: inRoot(), exclude: ['**/node_modules/**'] })),
    ...folders('tests').map((folder) => nodeTests(basename(folder), globSync(`${folder}/**/*.test.ts`, { cwd: inRoot() }))),
  ].filter((suite) => suite !== undefined)
}

const folders = (parent: string) =>
  readdirSync(inRoot(parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `${parent}/${name}`)

/** Where a runner writes what it counted, until it was read. */
function reportFile(ending: string): string {
  const folder = inRoot('.petri', 'logs', 'test')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${randomUUID()}.${ending}`)
}

/** A program that passes by ending well. */
function command(name: string, args: string[]): Suite {
  return {
    name,
    async run(_stack, env) {
      const { code, output } = await runToEnd(process.execPath, args, { cwd: inRoot(), env })
      return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
    },
  }
}

/** Each file of db/tests tells its sentences in a transaction of the migrator's that is rolled back. */
async function runLaw({ databases }: StackDescription): Promise<Result> {
  const files = readdirSync(inRoot('db/tests')).filter((name) => /^\d.*\.sql$/.test(name))
  const results = await Promise.all(files.map((file) => runLawFile(databases.migrator, file)))
  return results.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed, output: sum.output + each.output }))
}

async function runLawFile(databaseUrl: string, file: string): Promise<Result> {
  try {
    const sentences = await runTap(databaseUrl, file)
    const broken = sentences.filter(({ holds }) => !holds)
    if (sentences.length === 0) throw new Error('it says nothing')
    return { passed: sentences.length - broken.length, failed: broken.length, output: broken.map(({ text }) => `not ok: ${file}: ${text}\n`).join('') }
  } catch (error) {
    return { passed: 0, failed: 1, output: `${file}: ${(error as Error).message}\n` }
  }
}

/** Node's own test runner; skipped tests count as neither passed nor failed. */
function nodeTests(name: string, files: string[]): Suite | undefined {
  if (files.length === 0) return undefined
  return {
    name,
    async run(_stack, env) {
      const report = reportFile('tap')
      const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${report}`]
      const args = ['--test', '--test-concurrency=1', ...reporters, ...files]
      const { code, output } = await runToEnd(process.execPath, args, { cwd: inRoot(), env })
      return atLeastOneFailed(code, { ...countTap(report), output })
    },
  }
}

function countTap(report: string): { passed: number; failed: number } {
  const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
  rmSync(report, { force: true })
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  return { passed: count('pass'), failed: count('fail') + count('cancelled') }
}

/** A workspace's jest, by its own `test` script. */
function workspace(name: string): Suite | undefined {
  const { scripts } = JSON.parse(readFileSync(inRoot(name, 'package.json'), 'utf8')) as { scripts?: Record<string, string> }
  if (!scripts?.test) return undefined
  return {
    name,
    async run(_stack, env) {
      const report = reportFile('json')
      const { code, output } = await runToEnd('npm', ['test', '-w', name, '--', '--json', `--outputFile=${report}`], { cwd: inRoot(), env })
      return atLeastOneFailed(code, { ...countJest(report), output })
    },
  }
}

function countJest(report: string): { passed: number; failed: number } {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const found = JSON.parse(readFileSync(report, 'utf8')) as Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites', number>
  rmSync(report)
  return { passed: found.numPassedTests, failed: found.numFailedTests + found.numRuntimeErrorTestSuites }
}

/** A runner that ends badly, or that ran nothing, has failed whatever it counted. */
function atLeastOneFailed(code: number, result: Result): Result {
  const isBad = code !== 0 || result.passed + result.failed === 0
  return isBad && result.failed === 0 ? { ...result, failed: 1 } : result
}
