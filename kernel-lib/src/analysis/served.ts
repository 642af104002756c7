import { concatBytes, sha256 } from '../bytes.ts'
import type { Page } from '../arrow/page.ts'
import type { Plan } from '../tables/plan.ts'

/** What the lab served for one query. */
export interface Served {
  plan: Plan
  rowCount: number
  pages: readonly Pick<Page, 'bytes' | 'position'>[]
}

const served = new WeakMap<object, Served>()

/** Keeps what a table was made from for as long as the table lives; its pages share the table's memory. */
export function rememberServed(table: object, what: Served): void {
  served.set(table, what)
}

export function recallServed(table: object): Served | undefined {
  return served.get(table)
}

/** SHA-256 over the SHA-256 of each page's record batches, in order: pages are hashed where they are, never copied together. */
export async function hashPages(pages: Served['pages']): Promise<string> {
  const hashes = await Promise.all(pages.map(page => sha256(recordBatches(page.bytes))))
  return sha256(concatBytes(hashes.map(hash => new TextEncoder().encode(hash))))
}

// The schema comes first, and says at which position it was read: the same rows would hash differently after any change in the lab.
function recordBatches(stream: Uint8Array): Uint8Array {
  const schemaLength = new DataView(stream.buffer, stream.byteOffset).getUint32(4, true)
  return stream.subarray(8 + schemaLength)
}
