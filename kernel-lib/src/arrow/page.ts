import { tableFromIPC, type Table } from 'apache-arrow'
import { readBytes, toHex } from '../bytes.ts'
import { PetriError } from '../petri-error.ts'

/** One answer in Arrow's streaming format. */
export interface Page {
  table: Table
  bytes: Uint8Array
  /** Position of the lab's log at which it was read; undefined where the server does not say. */
  position: number | undefined
}

export const ARROW_STREAM = 'application/vnd.apache.arrow.stream'

/** @throws PetriError when the stream ends early: half a page is never taken for a whole one */
export async function readPage(response: Response, onBytes?: (bytes: number) => void): Promise<Page> {
  const bytes = await readBytes(response, onBytes)
  demandEnd(bytes)
  const position = response.headers.get('x-petri-position')
  return { table: tableFromIPC(bytes), bytes, position: position ? Number(position) : undefined }
}

const END = 'ffffffff00000000'

function demandEnd(bytes: Uint8Array): void {
  if (toHex(bytes.subarray(-8)) === END) return
  throw new PetriError(`An Arrow stream broke off after ${bytes.length} bytes.`, { code: 'cut_stream', hint: 'Run it again.' })
}

/** The key of a page's last row, after which the next page begins; undefined for an empty page. */
export function lastKey({ table }: Page, keys: readonly string[]): string[] | undefined {
  if (table.numRows === 0) return undefined
  return keys.map(key => keyText(table.getChild(key)?.get(table.numRows - 1)))
}

function keyText(value: unknown): string {
  return value instanceof Uint8Array ? toUuid(toHex(value)) : String(value)
}

/** Puts the dashes into 32 hexadecimal digits. */
export function toUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
