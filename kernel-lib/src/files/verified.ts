import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import { queryTable } from '../tables/query.ts'
import type { FileMeta } from './signed.ts'

/** The id of a verified file of this name and these bytes, if the experiment has one. */
export async function findVerified(session: Session, { name, sha256 }: Omit<FileMeta, 'id'>, experiment: string, signal?: AbortSignal): Promise<string | undefined> {
  const same = queryTable(session, 'files').where({ experiment_id: experiment, name, sha256, status: 'verified' })
  return (await same.select('id').first({ ...(signal ? { signal } : {}) }))?.id
}

/** Waits for the worker's verdict. @throws PetriError when it rejects the file, or says nothing for `timeoutMs` */
export async function awaitVerified(session: Session, id: string, name: string, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const file = queryTable(session, 'files').where({ id }).select('status', 'problem')
  const until = Date.now() + timeoutMs
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 1_000)) {
    const { status, problem } = await file.first({ ...(signal ? { signal } : {}) }) ?? { status: 'unknown', problem: null }
    if (status === 'verified') return
    if (status === 'rejected') throw rejected(name, problem)
    if (Date.now() > until) throw tooLate(name, status, timeoutMs)
    await new Promise(wake => setTimeout(wake, pauseMs))
  }
}

function rejected(name: string, problem: string | null): PetriError {
  return new PetriError(`File "${name}" was rejected: ${problem ?? 'its bytes are not the promised ones'}.`, {
    code: 'rejected', hint: 'Upload it again.',
  })
}

function tooLate(name: string, status: string, timeoutMs: number): PetriError {
  return new PetriError(`File "${name}" is still "${status}" after ${timeoutMs / 1000} s.`, {
    code: 'not_verified', hint: 'Is the worker running? The file becomes readable once it has been verified.',
  })
}
