import { PetriError, offlineError } from '../session/error.ts'
import type { Session } from '../session/types.ts'

interface Grant { file_id: string; url: string; method: string; headers: Record<string, string> }
interface FileState { status: 'granted' | 'stored' | 'verified' | 'rejected'; problem: string | null }

const LOOK_MS = 400
const PATIENCE_MS = 60_000

/** Stores a file with an experiment; answers its id once the lab has verified the bytes. @throws PetriError */
export async function uploadFile(session: Session, file: File, experiment: string): Promise<string> {
  const grant = await session.call<Grant>('grant_upload', {
    name: file.name || 'image', media_type: file.type, size_bytes: file.size, sha256: await sha256(file), experiment_id: experiment,
  })
  // The browser writes content-length itself, and lets nobody else do it.
  const { 'content-length': _, ...headers } = grant.headers
  const stored = await fetch(grant.url, { method: grant.method, headers, body: file }).catch(() => { throw offlineError() })
  if (!stored.ok) throw new PetriError({ code: String(stored.status), message: `The object store refused “${file.name}”.`, hint: await stored.text() }, stored.status)
  await session.call('commit_upload', { file_id: grant.file_id })
  await untilVerified(session, grant.file_id)
  return grant.file_id
}

async function sha256(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Nothing is readable before the worker has verified it. */
async function untilVerified(session: Session, id: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await new Promise(wake => setTimeout(wake, LOOK_MS))) {
    const [file] = await session.read<FileState>('files', { id: `eq.${id}`, select: 'status,problem' })
    if (file?.status === 'verified') return
    if (file?.status === 'rejected') throw new PetriError({ code: 'rejected', message: `The file was rejected: ${file.problem ?? 'its bytes do not match'}.` }, 422)
  }
  throw new PetriError({ code: 'timeout', message: 'The file was stored but not verified within a minute.', hint: 'It appears among the experiment’s files; insert it again later.' }, 504)
}
