// One line for each finished step; on a terminal, a last line tells what is under way and for how long.

const started = Date.now()
const running = new Map()
const live = process.stderr.isTTY === true

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Runs `work` under `name`, showing when it began, how long it goes on, and how it ended. */
export async function showStep(name, work) {
  const begun = Date.now()
  running.set(name, begun)
  if (!live) say(`  … ${name}`)
  try {
    const result = await work()
    say(`  ✓ ${name.padEnd(44)} ${seconds(Date.now() - begun).padStart(8)}`)
    return result
  } finally {
    running.delete(name)
  }
}

/** Begins to redraw the line of running steps; returns what ends it. */
export function showProgress(total, countDone) {
  if (!live) return () => {}
  const timer = setInterval(() => process.stderr.write(`\r\x1b[K${progressLine(total, countDone())}`), 200)
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\x1b[K')
  }
}

function progressLine(total, done) {
  const parts = [...running].map(([name, begun]) => `${name} ${Math.round((Date.now() - begun) / 1000)} s`)
  return `  ${done}/${total} · ${Math.round((Date.now() - started) / 1000)} s · ${parts.join(', ')}`.slice(0, process.stderr.columns ?? 80)
}

export function say(line) {
  process.stderr.write(live ? `\r\x1b[K${line}\n` : `${line}\n`)
}
