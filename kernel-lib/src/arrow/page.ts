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
