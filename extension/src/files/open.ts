import { PetriError, offlineError } from '../session/error.ts'
import type { Session } from '../session/types.ts'

interface OpenFile { url: string; media_type: string }

/** The bytes of a verified file, through a URL that the database signs for this person for a minute. @throws PetriError */
export async function readFile(session: Session, id: string): Promise<Blob> {
  const { url, media_type } = await session.call<OpenFile>('open_file', { file_id: id })
  const response = await fetch(url).catch(() => { throw offlineError() })
  if (!response.ok) throw new PetriError({ code: String(response.status), message: 'The object store did not hand out the file.' }, response.status)
  return new Blob([await response.arrayBuffer()], { type: media_type })
}
