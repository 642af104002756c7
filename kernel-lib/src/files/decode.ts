import { tableFromIPC, type Table } from 'apache-arrow'
import { PetriError } from '../petri-error.ts'

/** Reads a table from the bytes of a Parquet or Arrow file, told apart by how they begin. */
export async function decodeTable(bytes: Uint8Array, name: string): Promise<Table> {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 6))
  if (start.startsWith('PAR1')) {
    const { readParquet } = await import('./parquet.ts')
    return readParquet(bytes)
  }
  // Arrow's file format says so; its streaming format begins with a continuation marker.
  if (start === 'ARROW1' || start.startsWith('ÿÿÿÿ')) return tableFromIPC(bytes)
  throw new PetriError(`File "${name}" is neither Parquet nor Arrow.`, { code: 'not_a_table', hint: 'Use .bytes() or .stream().' })
}
