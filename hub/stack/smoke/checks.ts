import { readdirSync } from 'node:fs'
import type { Check } from './check.ts'

/** Every check of this folder in the order of its file names, or the one that `only` names. */
export async function loadChecks(only?: string): Promise<Check[]> {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^\d.*\.ts$/.test(name))
  const modules = await Promise.all(files.sort().map((name) => import(new URL(name, import.meta.url).href) as Promise<{ check: Check }>))
  return modules.map(({ check }) => check).filter(({ name }) => !only || name === only)
}
