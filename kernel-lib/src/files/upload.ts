import type { Table } from 'apache-arrow'
import { sha256 } from '../bytes.ts'
import { PetriError } from '../petri-error.ts'
import { idOf, type Ref } from '../ref.ts'
import { maskUrl } from '../session/inspect.ts'
import type { Session } from '../session/session.ts'
import type { FileMeta } from './signed.ts'
import { awaitVerified, findVerified } from './verified.ts'

/** A table of any copy of Arrow: packages that bring their own make no difference. */
export interface AnyTable {
  readonly numRows: number
  readonly numCols: number
  readonly schema: { readonly names: readonly unknown[] }
}

export type Upload = {
  name: string
  /** The experiment that the file belongs to. */
  experiment: Ref
  /** Guessed for tables; `application/octet-stream` otherwise. */
  mediaType?: string
} & ({ bytes: Uint8Array, table?: undefined } | { table: AnyTable, bytes?: undefined })

export interface UploadOptions {
  signal?: AbortSignal
  /** How long the check may take after the bytes arrived [ms]; 30,000 unless told. */
  timeoutMs?: number
}

interface Grant {
  file_id: string
  url: string
  method: string
  headers: Record<string, string>
}

/**
 * Puts bytes, or a table as Parquet, into the lab's store, and waits until the worker has verified them.
 * The same bytes under the same name in the same experiment are not stored twice.
 */
export async function uploadFile(session: Session, upload: Upload, { signal, timeoutMs = 30_000 }: UploadOptions = {}): Promise<FileMeta> {
  const bytes = upload.bytes ?? await encode(upload.table)
  const meta = {
    name: upload.name,
    mediaType: upload.mediaType ?? (upload.table ? 'application/vnd.apache.parquet' : 'application/octet-stream'),
    size: bytes.length,
    sha256: await sha256(bytes),
  }
  const experiment = idOf(upload.experiment)
  const known = await findVerified(session, meta, experiment, signal)
  const id = known ?? await store(session, bytes, meta, experiment, signal)
  if (!known) await awaitVerified(session, id, meta.name, timeoutMs, signal)
  return { id, ...meta }
}

async function encode(table: AnyTable): Promise<Uint8Array> {
  const { writeParquet } = await import('./parquet.ts')
  return writeParquet(table as Table)
}

async function store(session: Session, bytes: Uint8Array, meta: Omit<FileMeta, 'id'>, experiment: string, signal?: AbortSignal): Promise<string> {
  const grant = await session.call<Grant>('grant_upload', {
    name: meta.name, media_type: meta.mediaType, size_bytes: meta.size, sha256: meta.sha256, experiment_id: experiment,
  }, signal)
  await put(session, grant, bytes, meta, signal)
  const { file_id } = await session.call<{ file_id: string }>('commit_upload', { file_id: grant.file_id }, signal)
  return file_id
}

// A Blob has a length: a stream would be sent in chunks, which S3 refuses.
async function put({ fetch }: Session, grant: Grant, bytes: Uint8Array, { name }: Omit<FileMeta, 'id'>, signal?: AbortSignal): Promise<void> {
  const body = new Blob([bytes as Uint8Array<ArrayBuffer>])
  const answer = await fetch(grant.url, { method: grant.method, headers: sendable(grant.headers), body, ...(signal ? { signal } : {}) })
    .catch(cause => { throw signal?.aborted ? signal.reason : notStored(name, grant.url, 'did not answer', cause) })
  // 412: the object is there, from a try whose answer was lost.
  if (!answer.ok && answer.status !== 412) throw notStored(name, grant.url, `refused it with status ${answer.status}`)
}

// `fetch` sets these itself and allows nobody else to.
function sendable(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !['host', 'content-length'].includes(name.toLowerCase())))
}

function notStored(name: string, url: string, what: string, cause?: unknown): PetriError {
  return new PetriError(`File "${name}" was not stored: the store at ${maskUrl(url)} ${what}.`, {
    code: 'store', hint: 'Is the object store running? Nothing half-stored is visible; upload it again.', cause,
  })
}
