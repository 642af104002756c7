import { execFileSync } from 'node:child_process'

interface Process {
  pid: number
  parent: number
  command: string
}

/** All processes that `pid` started, and those that they started. Zombies are not counted. */
export function descendants(pid: number): Process[] {
  const all = list()
  const below = (parent: number): Process[] => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)])
  return below(pid)
}

export const isRunning = (pid: number): boolean => list().some((one) => one.pid === pid)

function list(): Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).trim().split('\n')
  const parsed = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
  return parsed.flatMap((match) => (match && !match[3]?.startsWith('Z') ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4] ?? '' }] : []))
}
