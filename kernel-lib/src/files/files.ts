import type { Session } from '../session/session.ts'
import { idOf, type Ref } from '../ref.ts'
import { openFile, type LabFile } from './file.ts'
import type { FileMeta } from './signed.ts'
import { uploadFile, type Upload, type UploadOptions } from './upload.ts'

/** Result files: bytes in the object store, known by their SHA-256. */
export interface Files {
  /** Opens a verified file. @throws PetriError when there is none that you may read */
  open(file: Ref): Promise<LabFile>
  /** Stores bytes, or a table as Parquet, and waits until they are verified. */
  upload(upload: Upload, options?: UploadOptions): Promise<FileMeta>
}

export function labFiles(session: Session): Files {
  return {
    open: file => openFile(session, idOf(file)),
    upload: (upload, options) => uploadFile(session, upload, options),
  }
}
