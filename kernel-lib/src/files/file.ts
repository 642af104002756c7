import type { Table } from 'apache-arrow'
import { sha256 as incremental } from '@noble/hashes/sha2'
import { concatBytes, readChunks, sha256, toHex } from '../bytes.ts'
import { PetriError } from '../petri-error.ts'
import { printsAs } from '../session/inspect.ts'
import type { Session } from '../session/session.ts'
import { decodeTable } from './decode.ts'
import { openSigned, type FileMeta, type SignedObject } from './signed.ts'

export interface FileReadOptions {
  signal?: AbortSignal
  /** Bytes read so far, of `meta.size`. */
  onProgress?: (bytes: number) => void
}

/** A verified file. Its bytes come from the object store directly and are checked against its SHA-256. */
export interface LabFile {
  readonly meta: FileMeta
  /** The whole file. */
  bytes(options?: FileReadOptions): Promise<Uint8Array>
  /** The file chunk by chunk, in flat memory. @throws PetriError after the last chunk, if the whole is not what it should be */
  stream(options?: FileReadOptions): AsyncGenerator<Uint8Array, void, undefined>
  /** The table in a Parquet or Arrow file. */
  arrow(options?: FileReadOptions): Promise<Table>
}

// One request each: a URL outlives it by far, and a broken one costs little to ask again.
const RANGE_BYTES = 8 * 1024 * 1024

export async function openFile(session: Session, id: string): Promise<LabFile> {
  const object = await openSigned(session, id)
  const { meta } = object
  const file: LabFile = {
    meta,
    bytes: options => readWhole(object, options),
    stream: options => readChecked(object, options),
    arrow: async options => decodeTable(await readWhole(object, options), meta.name),
  }
  return printsAs(file, () => `File "${meta.name}", ${meta.size} bytes`)
}

async function readWhole(object: SignedObject, options?: FileReadOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readRanges(object, options)) chunks.push(chunk)
  const bytes = concatBytes(chunks)
  demandHash(object.meta, await sha256(bytes))
  return bytes
}

async function* readChecked(object: SignedObject, options?: FileReadOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = incremental.create()
  for await (const chunk of readRanges(object, options)) {
    hash.update(chunk)
    yield chunk
  }
  demandHash(object.meta, toHex(hash.digest()))
}

async function* readRanges(object: SignedObject, { signal, onProgress }: FileReadOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
  const { size } = object.meta
  let at = 0
  while (at < size) {
    const end = Math.min(at + RANGE_BYTES, size)
    const from = at
    for await (const chunk of readChunks(await object.read(at, end, signal))) {
      at += chunk.length
      onProgress?.(at)
      yield chunk
    }
    if (at === from || at > end) throw wrongLength(object.meta, at)
  }
}

function wrongLength({ name, size }: FileMeta, got: number): PetriError {
  return new PetriError(`File "${name}" has ${size} bytes, but the store sent ${got}.`, { code: 'wrong_length' })
}

function demandHash({ name, sha256: expected }: FileMeta, actual: string): void {
  if (actual === expected) return
  throw new PetriError(`The bytes of file "${name}" are not the ones that were verified.`, {
    code: 'wrong_checksum', details: { expected, actual }, hint: 'Do not use them; tell a lab admin.',
  })
}
