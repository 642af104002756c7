import {
  Bool, DateDay, Field, Float32, Float64, Int32, Int64, makeData, makeVector, Schema, Table, TimestampMicrosecond, TimestampMillisecond,
  Utf8, vectorFromArray, type DataType, type Vector,
} from 'apache-arrow'
import { parquetMetadata, parquetRead, parquetSchema, toJson, type FileMetaData, type SchemaElement } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { FIELD_METADATA } from './parquet-write.ts'

type Decoded = ArrayLike<unknown>

/** Decodes a whole Parquet file; nested columns come as JSON text. */
export async function readParquet(bytes: Uint8Array): Promise<Table> {
  const file = bytes.slice().buffer
  const metadata = parquetMetadata(file)
  const columns = parquetSchema(metadata).children.map(child => ({ element: child.element, chunks: [] as [number, Decoded][] }))
  const byName = new Map(columns.map(column => [column.element.name, column]))
  await parquetRead({
    file, metadata, compressors, parsers: plainNumbers,
    onChunk: ({ columnName, columnData, rowStart }) => byName.get(columnName)?.chunks.push([rowStart, columnData]),
  })
  const about = fieldMetadata(metadata)
  const fields = columns.map(({ element: { name, ...element } }) => new Field(name, arrowType(element), true, about[name]))
  const vectors = columns.map(({ chunks }, i) => toVector(inOrder(chunks), fields[i]!.type))
  return new Table(new Schema(fields), Object.fromEntries(fields.map(({ name }, i) => [name, vectors[i]!])))
}

// Instants stay integers: a Date would cut microseconds.
const plainNumbers = {
  timestampFromMilliseconds: (value: bigint) => value,
  timestampFromMicroseconds: (value: bigint) => value,
  timestampFromNanoseconds: (value: bigint) => value / 1000n,
  dateFromDays: (value: number) => value,
} as object

function fieldMetadata({ key_value_metadata = [] }: FileMetaData): Record<string, Map<string, string>> {
  const text = key_value_metadata.find(({ key }) => key === FIELD_METADATA)?.value ?? '{}'
  const byName = JSON.parse(text) as Record<string, Record<string, string>>
  return Object.fromEntries(Object.entries(byName).map(([name, metadata]) => [name, new Map(Object.entries(metadata))]))
}

function arrowType({ type, converted_type: converted, logical_type: logical }: Omit<SchemaElement, 'name'>): DataType {
  if (converted === 'TIMESTAMP_MILLIS' || logical?.type === 'TIMESTAMP' && logical.unit === 'MILLIS') return new TimestampMillisecond('UTC')
  if (converted === 'TIMESTAMP_MICROS' || logical?.type === 'TIMESTAMP') return new TimestampMicrosecond('UTC')
  if (converted === 'DATE') return new DateDay()
  if (converted === 'DECIMAL') return new Float64()
  if (type === 'BOOLEAN') return new Bool()
  if (type === 'DOUBLE') return new Float64()
  if (type === 'FLOAT') return new Float32()
  if (type === 'INT32') return new Int32()
  if (type === 'INT64') return new Int64()
  return new Utf8()
}

function inOrder(chunks: [number, Decoded][]): unknown[] {
  return chunks.sort(([a], [b]) => a - b).flatMap(([, values]) => Array.from(values))
}

function toVector(values: unknown[], type: DataType): Vector {
  if (type instanceof Bool) return vectorFromArray(values as boolean[], type)
  if (type instanceof Utf8) return vectorFromArray(values.map(toText), type)
  const data = new type.ArrayType(values.length) as { [i: number]: unknown }
  values.forEach((value, i) => data[i] = value ?? data[i])
  const nullBitmap = toBitmap(values)
  return makeVector(makeData({ type, length: values.length, data, nullBitmap } as unknown as Parameters<typeof makeData>[0]))
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(toJson(value))
}

function toBitmap(values: unknown[]): Uint8Array | undefined {
  if (values.every(value => value !== null && value !== undefined)) return undefined
  const bitmap = new Uint8Array(Math.ceil(values.length / 8))
  values.forEach((value, i) => { if (value !== null && value !== undefined) bitmap[i >> 3]! |= 1 << (i & 7) })
  return bitmap
}
