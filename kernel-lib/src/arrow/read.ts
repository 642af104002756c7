import { Table, type RecordBatch, type TypeMap } from 'apache-arrow'
import { rememberServed } from '../analysis/served.ts'
import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import { keyOf } from '../tables/keys.ts'
import type { Plan } from '../tables/plan.ts'
import type { Page } from './page.ts'
import { fetchAtOnce, walkPages, type WalkOptions } from './walk.ts'

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
  const pages: Page[] = []
  for await (const page of readPages(session, plan, options)) pages.push(page)
  const table = joinPages(pages.map(page => page.table), plan.columns) as Table<T>
  rememberServed(table, { plan, rowCount: table.numRows, pages })
  return table
}

/** Rows batch by batch, in the same order. */
export async function* readBatches<T extends TypeMap>(session: Session, plan: Plan, options: ReadOptions = {}): AsyncGenerator<RecordBatch<T>, void, undefined> {
  for await (const { table } of readPages(session, plan, options)) yield* table.select([...plan.columns]).batches as unknown as RecordBatch<T>[]
}

async function* readPages(session: Session, plan: Plan, options: ReadOptions): AsyncGenerator<Page> {
  const abort = new AbortController()
  const walk = watch(options, abort.signal)
  const inKeyOrder = plan.order.length === 0 && keyOf(plan.relation) !== undefined
  try {
    for await (const page of inKeyOrder ? walkPages(session, plan, walk) : [await fetchAtOnce(session, plan, walk)]) {
      walk.onRows(page.table.numRows)
      yield page
    }
  } finally {
    abort.abort() // the pages under way, when one failed or the reader left early
  }
}

interface Watched extends WalkOptions {
  onRows(rows: number): void
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

/** @throws PetriError when the schema changed between two pages */
function joinPages(tables: Table[], columns: readonly string[]): Table {
  const chosen = tables.map(table => table.select([...columns]))
  const shape = (table: Table) => table.schema.fields.map(field => `${field.name}: ${field.type}`).join(', ')
  if (chosen.some(table => shape(table) !== shape(chosen[0]!))) {
    throw new PetriError('The schema changed while the table was read.', { code: 'changed_schema', hint: 'Run it again.' })
  }
  return new Table(chosen[0]!.schema, chosen.flatMap(table => table.batches))
}
