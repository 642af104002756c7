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
    file, metadata, compressors, parsers: unparsed,
    onChunk: ({ columnName, columnData, rowStart }) => byName.get(columnName)?.chunks.push([rowStart, columnData]),
  })
  const about = fieldMetadata(metadata)
  const fields = columns.map(({ element: { name, ...element } }) => new Field(name, arrowType(element), true, about[name]))
  const vectors = columns.map(({ chunks }, i) => toVector(inOrder(chunks), fields[i]!.type, metadata.num_rows))
  return new Table(new Schema(fields), Object.fromEntries(fields.map(({ name }, i) => [name, vectors[i]!])))
}

// Text stays bytes, as Arrow keeps it; instants stay integers, since a Date would cut microseconds.
const unparsed = {
  stringFromBytes: (bytes: Uint8Array) => bytes,
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

function inOrder(chunks: [number, Decoded][]): Decoded[] {
  return chunks.sort(([a], [b]) => a - b).map(([, values]) => values)
}

function toVector(chunks: Decoded[], type: DataType, rows: bigint): Vector {
  if (type instanceof Bool) return vectorFromArray(chunks.flatMap(values => Array.from(values)) as boolean[], type)
  const length = Number(rows)
  if (type instanceof Utf8) return toUtf8(chunks, length)
  const data = new type.ArrayType(length) as Packed
  const nulls = fill(data, chunks)
  const nullBitmap = nulls.length > 0 ? bitmapWithout(nulls, length) : undefined
  return makeVector(makeData({ type, length, data, nullBitmap } as unknown as Parameters<typeof makeData>[0]))
}

interface Packed {
  [row: number]: unknown
  set(values: Decoded, at: number): void
}

/** Puts the values into one array, and gives the rows that have none. */
function fill(data: Packed, chunks: Decoded[]): number[] {
  const nulls: number[] = []
  let at = 0
  for (const values of chunks) {
    if (ArrayBuffer.isView(values)) data.set(values as Decoded, at)
    else for (let i = 0; i < values.length; i++) {
      if (values[i] === null || values[i] === undefined) nulls.push(at + i)
      else data[at + i] = values[i]
    }
    at += values.length
  }
  return nulls
}

function bitmapWithout(nulls: number[], length: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(length / 8)).fill(255)
  for (const row of nulls) bitmap[row >> 3]! &= ~(1 << (row & 7))
  return bitmap
}

function toUtf8(chunks: Decoded[], length: number): Vector<Utf8> {
  const texts = chunks.flatMap(values => Array.from(values, toBytes))
  const valueOffsets = new Int32Array(length + 1)
  const nulls: number[] = []
  texts.forEach((bytes, row) => {
    if (bytes === null) nulls.push(row)
    valueOffsets[row + 1] = valueOffsets[row]! + (bytes?.length ?? 0)
  })
  const data = new Uint8Array(valueOffsets[length]!)
  texts.forEach((bytes, row) => data.set(bytes ?? [], valueOffsets[row]))
  const nullBitmap = nulls.length > 0 ? bitmapWithout(nulls, length) : undefined
  return makeVector(makeData({ type: new Utf8(), length, valueOffsets, data, nullBitmap }))
}

const encoder = new TextEncoder()

function toBytes(value: unknown): Uint8Array | null {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return value
  return encoder.encode(typeof value === 'string' ? value : JSON.stringify(toJson(value)))
}
