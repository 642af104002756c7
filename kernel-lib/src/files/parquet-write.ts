import { DataType, type Field, type Table, type Vector } from 'apache-arrow'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { PetriError } from '../petri-error.ts'

/** A Parquet column: its place in the schema, and how its values are written. */
interface Column {
  element: Omit<SchemaElement, 'name' | 'repetition_type'>
  values(vector: Vector): ArrayLike<unknown>
}

/** Where the units and comments of columns are kept in a Parquet file. */
export const FIELD_METADATA = 'petri:fields'

/** Encodes a table, snappy-compressed, with the metadata (units) of its fields. @throws PetriError for nested columns */
export function writeParquet(table: Table): Uint8Array {
  const { fields } = table.schema
  const columns = fields.map(field => columnOf(field))
  const schema: SchemaElement[] = [
    { name: 'root', num_children: fields.length },
    ...columns.map(({ element }, i) => ({ ...element, name: fields[i]!.name, repetition_type: repetition(table.getChildAt(i)!) })),
  ]
  const columnData = fields.map(({ name }, i) => ({ name, data: columns[i]!.values(table.getChildAt(i)!) as unknown[] }))
  const metadata = Object.fromEntries(fields.map(field => [field.name, Object.fromEntries(field.metadata)]))
  const kvMetadata = [{ key: FIELD_METADATA, value: JSON.stringify(metadata) }]
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, kvMetadata }))
}

function repetition({ nullCount }: Vector): 'REQUIRED' | 'OPTIONAL' {
  return nullCount > 0 ? 'OPTIONAL' : 'REQUIRED'
}

function columnOf({ name, type }: Field): Column {
  if (DataType.isDictionary(type)) return columnOf({ name, type: type.dictionary } as Field)
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, values: all }
  if (DataType.isBinary(type)) return { element: { type: 'BYTE_ARRAY' }, values: all }
  if (DataType.isBool(type)) return { element: { type: 'BOOLEAN' }, values: all }
  if (DataType.isFloat(type)) return { element: { type: 'DOUBLE' }, values: packed }
  if (DataType.isInt(type) && type.bitWidth <= 32) return intColumn(type.bitWidth, type.isSigned)
  if (DataType.isInt(type) && type.isSigned) return { element: { type: 'INT64' }, values: packed }
  if (DataType.isDate(type)) return { element: { type: 'INT32', converted_type: 'DATE' }, values: each(ms => new Date(ms)) }
  if (DataType.isTimestamp(type)) {
    return { element: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, values: each(ms => BigInt(Math.round(ms * 1000))) }
  }
  throw new PetriError(`Column "${name}" of type ${type} cannot be written to Parquet.`, {
    code: 'unknown_type', hint: 'Leave it out, or turn it into numbers or text.',
  })
}

function intColumn(bitWidth: number, isSigned: boolean): Column {
  const fits = isSigned || bitWidth < 32
  return fits ? { element: { type: 'INT32' }, values: all } : { element: { type: 'INT64' }, values: each(value => BigInt(value)) }
}

// Without nulls the numbers are already in one piece of memory.
const packed = (vector: Vector): ArrayLike<unknown> => vector.nullCount > 0 ? all(vector) : vector.toArray()
const all = (vector: Vector): unknown[] => [...vector]
const each = (convert: (value: number) => unknown) => (vector: Vector): unknown[] =>
  all(vector).map(value => value === null ? null : convert(Number(value)))
