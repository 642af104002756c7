import type { DataType, RecordBatch, Table } from 'apache-arrow'
import { readBatches, readTable, type ReadOptions } from '../arrow/read.ts'
import { columnNames, type LabSchema } from '../generated/schema.ts'
import { printsAs } from '../session/inspect.ts'
import type { Session } from '../session/session.ts'
import { demandColumn, toFilters, type Where } from './filter.ts'
import { describePlan, type Plan } from './plan.ts'
import { countRows, readRows } from './rows.ts'

export type TableName = keyof LabSchema
/** A JSON row of a table. */
export type Row<T extends TableName> = LabSchema[T]['row']
/** The Arrow types of a table's columns. */
export type Columns<T extends TableName> = LabSchema[T]['columns']
export type ColumnName<T extends TableName> = keyof Row<T>

/** The chosen columns as an Arrow table's types. */
export type ArrowColumns<T extends TableName, C extends ColumnName<T>> = { [K in C & string]: K extends keyof Columns<T> ? Extract<Columns<T>[K], DataType> : never }

/**
 * Rows of one table of the lab, not yet asked for. Each method gives a new query and leaves this one as it was.
 * `T` is the table and `C` the columns that will come back.
 */
export interface Query<T extends TableName, C extends ColumnName<T> = ColumnName<T>> {
  /** Narrows to rows that meet all conditions, those of earlier calls included. */
  where(conditions: Where<Row<T>>): Query<T, C>
  /** Chooses the columns that come back, in this order. */
  select<K extends keyof Row<T>>(...columns: K[]): Query<T, K>
  /** Sorts by a column, after those of earlier calls. Without it rows come in order of registration. */
  order(column: keyof Row<T>, direction?: 'asc' | 'desc'): Query<T, C>
  /** At most so many rows. */
  limit(rows: number): Query<T, C>

  /** All rows as one Arrow table. */
  arrow(options?: ReadOptions): Promise<Table<ArrowColumns<T, C>>>
  /** The same rows batch by batch, in flat memory. */
  batches(options?: ReadOptions): AsyncGenerator<RecordBatch<ArrowColumns<T, C>>, void, undefined>
  /** Rows as objects. @throws PetriError beyond 100,000 rows: those are for `arrow()` */
  rows(options?: { signal?: AbortSignal }): Promise<Pick<Row<T>, C>[]>
  /** The first row, or undefined. */
  first(options?: { signal?: AbortSignal }): Promise<Pick<Row<T>, C> | undefined>
  /** How many rows there are that you may see. */
  count(options?: { signal?: AbortSignal }): Promise<number>
  /** What will be asked, as data. */
  plan(): Plan
}

/** All rows of a table, with all its columns. */
export function queryTable<T extends TableName>(session: Session, relation: T): Query<T> {
  return query<T, ColumnName<T>>(session, { relation, columns: columnNames[relation], filters: [], order: [] })
}

function query<T extends TableName, C extends ColumnName<T>>(session: Session, plan: Plan): Query<T, C> {
  const known: readonly string[] = columnNames[plan.relation as T]
  const but = <K extends ColumnName<T> = C>(change: Partial<Plan>) => query<T, K>(session, { ...plan, ...change })
  type Rows = Pick<Row<T>, C>[]
  const self: Query<T, C> = {
    where: conditions => but({ filters: [...plan.filters, ...toFilters(conditions, known)] }),
    select: <K extends ColumnName<T>>(...columns: K[]) => {
      columns.forEach(column => demandColumn(String(column), known))
      return but<K>({ columns: columns.map(String) })
    },
    order: (column, direction = 'asc') => {
      demandColumn(String(column), known)
      return but({ order: [...plan.order, { column: String(column), direction }] })
    },
    limit: rows => but({ limit: rows }),
    arrow: options => readTable<ArrowColumns<T, C>>(session, plan, options),
    batches: options => readBatches<ArrowColumns<T, C>>(session, plan, options),
    rows: async ({ signal } = {}) => await readRows(session, plan, signal) as Rows,
    first: async ({ signal } = {}) => (await readRows(session, { ...plan, limit: 1 }, signal) as Rows)[0],
    count: ({ signal } = {}) => countRows(session, plan, signal),
    plan: () => plan,
  }
  return printsAs(self, () => describePlan(plan))
}
