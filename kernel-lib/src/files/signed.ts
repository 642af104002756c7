import { PetriError } from '../petri-error.ts'
import { maskUrl } from '../session/inspect.ts'
import type { Session } from '../session/session.ts'

/** What is known of a verified file. */
export interface FileMeta {
  id: string
  name: string
  mediaType: string
  /** [bytes] */
  size: number
  /** Lower-case hexadecimal. */
  sha256: string
}

interface OpenedFile {
  file_id: string
  url: string
  expires_at: string
  name: string
  media_type: string
  size_bytes: number
  sha256: string
}

/** Reads ranges of one object, `start` inclusive and `end` exclusive, through URLs that live for a minute at most. */
export interface SignedObject {
  meta: FileMeta
  read(start: number, end: number, signal?: AbortSignal): Promise<Response>
}

// A URL this close to its end is replaced before it is used.
const RESIGN_BEFORE_MS = 5_000
const TRIES = 3

/** @throws PetriError for a file that is unknown, invisible or not verified */
export async function openSigned(session: Session, id: string, signal?: AbortSignal): Promise<SignedObject> {
  const sign = () => session.call<OpenedFile>('open_file', { file_id: id }, signal)
  let opened = await sign()
  const current = async (renew: boolean) => {
    if (renew || Date.parse(opened.expires_at) - Date.now() < RESIGN_BEFORE_MS) opened = await sign()
    return opened.url
  }
  return {
    meta: toMeta(opened),
    async read(start, end, signal) {
      const range = { headers: { range: `bytes=${start}-${end - 1}` }, ...(signal ? { signal } : {}) }
      for (let attempt = 1; ; attempt++) {
        const url = await current(attempt > 1)
        const response = await session.fetch(url, range).catch(error => { if (signal?.aborted) throw error })
        if (response?.ok) return response
        await response?.body?.cancel()
        if (attempt === TRIES) throw cannotRead(opened, response?.status)
      }
    },
  }
}

function toMeta({ file_id: id, name, media_type: mediaType, size_bytes: size, sha256 }: OpenedFile): FileMeta {
  return { id, name, mediaType, size, sha256 }
}

function cannotRead({ name, url }: OpenedFile, status = 0): PetriError {
  const what = status ? `answered with status ${status}` : 'did not answer'
  return new PetriError(`File "${name}" cannot be read: the store at ${maskUrl(url)} ${what}.`, {
    code: 'store', status, hint: 'Is the object store running?',
  })
}
