import { createContext, useContext } from 'react'
import type { Session } from '../session/types.ts'
import type { RecordKind } from '../tokens.ts'

/** What every view may lean on. */
export interface Lab {
  session: Session
  openRecord(kind: RecordKind, id: string): void
}

export const LabContext = createContext<Lab | undefined>(undefined)

export function useLab(): Lab {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('a Petri view was drawn outside of LabContext')
  return lab
}
