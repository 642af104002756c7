import { readFileSync, readdirSync } from 'node:fs'
import type { Stack } from './stack.ts'

/** Proportional memory of a process in bytes: what it shares is divided among the sharers. */
const pssOf = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024

const readOr = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Memory of each program with all its descendants, and of the supervisor, in MB. Linux only. */
export function measureMemory(stack: Stack): Record<string, number> {
  const children = childrenByParent()
  const tree = (pid: number): number => pssOf(pid) + (children.get(pid) ?? []).reduce((sum, child) => sum + tree(child), 0)
  const programs = stack.keepers.map(({ program, pid }) => [program.name, pid ? tree(pid) : 0] as const)
  const all = [...programs, ['supervisor', pssOf(process.pid)] as const]
  const total = all.reduce((sum, [, bytes]) => sum + bytes, 0)
  return Object.fromEntries([...all, ['total', total] as const].map(([name, bytes]) => [name, Math.round(bytes / 1e6)]))
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)) {
    const parent = Number(readOr(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  return children
}
