import { Bool, Field, Float64, Schema, Table, TimestampMillisecond, Utf8, vectorFromArray, type DataType, type Vector } from 'apache-arrow'
import type { Unit } from '../generated/schema.ts'
import { PetriError } from '../petri-error.ts'

/** Values of one column; null where there is none. */
export type ColumnValues = Float64Array | readonly (number | null)[] | readonly (string | null)[] | readonly (boolean | null)[] | readonly (Date | null)[]

/** The Arrow type of a column made from such values. */
export type ColumnType<V> =
  V extends readonly (string | null)[] ? Utf8 :
  V extends readonly (boolean | null)[] ? Bool :
  V extends readonly (Date | null)[] ? TimestampMillisecond : Float64

export type TableColumns<C> = { [K in keyof C & string]: ColumnType<C[K]> }

export interface TableOfOptions<C> {
  /** Unit of each column that has one; kept in the table and in its files. */
  units?: { [K in keyof C]?: Unit }
}

/** Makes an Arrow table from columns of numbers, texts, booleans or dates. @throws PetriError when their lengths differ */
export function tableOf<C extends Record<string, ColumnValues>>(columns: C, { units = {} }: TableOfOptions<C> = {}): Table<TableColumns<C>> {
  demandOneLength(columns)
  const vectors = Object.entries(columns).map(([name, values]) => [name, toVector(values)] as const)
  const fields = vectors.map(([name, { type }]) => new Field(name, type, true, new Map(units[name] ? [['unit', units[name]]] : [])))
  return new Table(new Schema(fields), Object.fromEntries(vectors)) as unknown as Table<TableColumns<C>>
}

function toVector(values: ColumnValues): Vector {
  const plain = values as ArrayLike<unknown> as readonly unknown[]
  return vectorFromArray(plain, typeOf(plain.find(value => value !== null)))
}

function typeOf(value: unknown): DataType {
  if (typeof value === 'string') return new Utf8()
  if (typeof value === 'boolean') return new Bool()
  return value instanceof Date ? new TimestampMillisecond('UTC') : new Float64()
}

function demandOneLength(columns: Record<string, ColumnValues>): void {
  const lengths = Object.entries(columns).map(([name, { length }]) => `${name}: ${length}`)
  if (new Set(Object.values(columns).map(({ length }) => length)).size <= 1) return
  throw new PetriError(`Columns of different length make no table: ${lengths.join(', ')}.`, { code: 'different_lengths' })
}
