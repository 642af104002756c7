import { Table, type RecordBatch, type TypeMap } from 'apache-arrow'
import { rememberServed } from '../analysis/served.ts'
import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import { keysOf } from '../tables/keys.ts'
import type { Plan } from '../tables/plan.ts'
import { lastKey, type Page } from './page.ts'
import { fetchPage, fetchSorted, findMiddle, PAGE_ROWS, walkPages, type WalkOptions } from './walk.ts'

/** How far a read is. */
export interface Progress {
  rows: number
  bytes: number
}

export interface ReadOptions {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** All rows of a plan as one table; what was served stays known for the analysis that uses it. */
export async function readTable<T extends TypeMap>(session: Session, plan: Plan, options: ReadOptions = {}): Promise<Table<T>> {
  const pages = await abortable(options, walk => plan.order.length > 0
    ? readSorted(session, plan, walk)
    : readInTwo(session, plan, walk))
  const table = joinPages(pages.map(page => page.table), plan.columns) as Table<T>
  rememberServed(table, { plan, rowCount: table.numRows, pages })
  return table
}

/** Rows batch by batch, in the order of the key. */
export async function* readBatches<T extends TypeMap>(session: Session, plan: Plan, options: ReadOptions = {}): AsyncGenerator<RecordBatch<T>, void, undefined> {
  const abort = new AbortController()
  const walk = watch(options, abort.signal)
  try {
    const pages = plan.order.length > 0 ? await readSorted(session, plan, walk) : walkPages(session, plan, walk)
    for await (const page of pages) {
      walk.onRows(page.table.numRows)
      yield* page.table.select([...plan.columns]).batches as unknown as RecordBatch<T>[]
    }
  } finally {
    abort.abort() // the page under way, when the reader left early
  }
}

// The server refuses what would not fit into one answer (PL022): a sorted table is never a cut one.
async function readSorted(session: Session, plan: Plan, walk: Watched): Promise<Page[]> {
  const page = await fetchSorted(session, plan, walk)
  walk.onRows(page.table.numRows)
  return [page]
}

/** The first page, then both halves of what follows side by side. */
async function readInTwo(session: Session, plan: Plan, walk: Watched): Promise<Page[]> {
  if (plan.limit !== undefined) return collect(walkPages(session, plan, walk), walk)
  const first = await fetchPage(session, plan, null, PAGE_ROWS, walk)
  walk.onRows(first.table.numRows)
  const after = first.table.numRows < PAGE_ROWS ? undefined : lastKey(first, keysOf(plan.relation))
  if (!after) return [first]
  const middle = await findMiddle(session, plan, after, walk.signal)
  if (middle === undefined) return [first, ...await collect(walkPages(session, plan, walk, after), walk)]
  const lower: Plan = { ...plan, filters: [...plan.filters, [keysOf(plan.relation)[0]!, 'lte', middle]] }
  const halves = await Promise.all([
    collect(walkPages(session, lower, walk, after), walk),
    collect(walkPages(session, plan, walk, [middle]), walk),
  ])
  return [first, ...halves.flat()]
}

interface Watched extends WalkOptions {
  onRows(rows: number): void
}

async function collect(pages: AsyncIterable<Page>, walk: Watched): Promise<Page[]> {
  const all: Page[] = []
  for await (const page of pages) {
    walk.onRows(page.table.numRows)
    all.push(page)
  }
  return all
}

function watch({ signal, onProgress }: ReadOptions, ended: AbortSignal): Watched {
  const progress = { rows: 0, bytes: 0 }
  const add = (rows: number, bytes: number) => {
    progress.rows += rows
    progress.bytes += bytes
    onProgress?.({ ...progress })
  }
  return {
    signal: signal ? AbortSignal.any([signal, ended]) : ended,
    onRows: rows => add(rows, 0),
    onBytes: bytes => add(0, bytes),
  }
}

/** Runs a read and, when one half fails, ends the other. */
async function abortable<R>(options: ReadOptions, read: (walk: Watched) => Promise<R>): Promise<R> {
  const abort = new AbortController()
  try {
    return await read(watch(options, abort.signal))
  } finally {
    abort.abort()
  }
}

/** @throws PetriError when the schema changed between two pages */
function joinPages(tables: Table[], columns: readonly string[]): Table {
  const chosen = tables.map(table => table.select([...columns]))
  const shape = (table: Table) => table.schema.fields.map(field => `${field.name}: ${field.type}`).join(', ')
  if (chosen.some(table => shape(table) !== shape(chosen[0]!))) {
    throw new PetriError('The schema changed while the table was read.', { code: 'changed_schema', hint: 'Run it again.' })
  }
  return new Table(chosen[0]!.schema, chosen.flatMap(table => table.batches))
}
