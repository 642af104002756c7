import { createHash } from 'node:crypto'
import type { Work } from './race.ts'

/** Hash of columns by name, value by value, whatever held them: the same for an Arrow table, JSON rows or COPY's tuples. */
export function describeColumns(columns: Record<string, Iterable<unknown>>): Work {
  const hash = createHash('sha256')
  let [rows, bytes] = [0, 0]
  for (const name of Object.keys(columns).sort()) {
    rows = 0
    for (const values of chunks(columns[name]!)) {
      const text = Buffer.from(JSON.stringify([name, values]))
      hash.update(text)
      bytes += text.length
      rows += values.length
    }
  }
  return { rows, bytes, checksum: hash.digest('hex') }
}

function* chunks(values: Iterable<unknown>, size = 65_536): Generator<unknown[]> {
  let chunk: unknown[] = []
  for (const value of values) {
    chunk.push(canonical(value))
    if (chunk.length === size) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}

/** What JSON cannot say apart is spelled out. */
function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number' && !Number.isFinite(value)) return `number ${value}`
  return Object.is(value, -0) ? 'number -0' : value
}
