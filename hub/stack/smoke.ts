import { setTimeout as sleep } from 'node:timers/promises'
import { say, showStep } from './bootstrap/terminal.mjs'
import { runCommand } from './ending.ts'
import { measureMemory } from './memory.ts'
import type { Check } from './smoke/check.ts'
import { loadChecks } from './smoke/checks.ts'
import type { Stack } from './stack.ts'
import { inTemporaryFolder, withStack } from './temporary.ts'

// `npm run smoke`: a lab from nothing, stopped, started again, and the main job done on it. The last line is JSON.

interface Options {
  only?: string
  verbose?: boolean
}

type Outcome = { holds: boolean; ms: number } & Record<string, unknown>

const limits = { secondStartMs: 15_000, idleMemoryMb: 700 }

async function smoke(options: Options): Promise<number> {
  const began = Date.now()
  const report = await inTemporaryFolder(async (dataDir) => {
    const firstStartMs = await timeToReady((ready) => withStack(dataDir, options, async () => ready()))
    const secondStartMs = await timeToReady((ready) => withStack(dataDir, options, async () => ready()))
    return withStack(dataDir, options, async (stack) => ({ firstStartMs, secondStartMs, ...(await lookAt(stack, options.only)) }))
  })
  const ok = Object.values(report.checks).every(({ holds }) => holds) && report.secondStartMs <= limits.secondStartMs && isSmall(report.memoryMb)
  console.log(JSON.stringify({ ok, ms: Date.now() - began, limits, ...report }))
  return ok ? 0 : 1
}

const isSmall = (memoryMb: Record<string, number>) => (memoryMb.total ?? Infinity) <= limits.idleMemoryMb

async function timeToReady(run: (ready: () => void) => Promise<void>): Promise<number> {
  const began = Date.now()
  let ms = 0
  await run(() => void (ms = Date.now() - began))
  return ms
}

async function lookAt(stack: Stack, only?: string) {
  // Memory is that of a stack at rest, before anybody came and before the checks bring a browser's driver along.
  await sleep(3000)
  const memoryMb = measureMemory(stack)
  const outcomes: Record<string, Outcome> = {}
  for (const check of await loadChecks(only)) outcomes[check.name] = await runCheck(check, stack)
  return { memoryMb, checks: outcomes }
}

async function runCheck({ name, run }: Check, { description }: Stack): Promise<Outcome> {
  const began = Date.now()
  try {
    const facts = await showStep(name, () => run(description))
    return { holds: true, ms: Date.now() - began, ...facts }
  } catch (error) {
    say(`  ✗ ${name}: ${(error as Error).message}`)
    return { holds: false, ms: Date.now() - began, problem: (error as Error).message }
  }
}

await runCommand(() => smoke(JSON.parse(process.argv[2] ?? '{}') as Options))
