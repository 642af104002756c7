import type { JupyterFrontEnd } from '@jupyterlab/application'
import { createContext, useContext } from 'react'
import type { Creatable } from '../create/forms.ts'
import type { Session } from '../session/types.ts'
import { commandIds, type RecordKind } from '../tokens.ts'

/** What a label says of a record. */
export interface Labelled {
  code: string
  name?: string
  /** Further lines, the most important first. */
  lines?: string[]
}

/** What every view may lean on. */
export interface Lab {
  session: Session
  openRecord(kind: RecordKind, id: string): void
  /** Shows the form for a new record, with what is known already filled in. */
  createRecord(kind: Creatable, given?: Record<string, string>): void
  /** Asks on what to print labels of these records, and prints them. */
  printLabels(records: Labelled[]): void
}

/** The lab of this window: what views ask for is done by commands, so that each plugin can be switched off. */
export function labOf(app: JupyterFrontEnd, session: Session): Lab {
  const { commands } = app
  return {
    session,
    openRecord: (kind, id) => void commands.execute(commandIds.openRecord, { kind, id }),
    createRecord: (kind, given = {}) => void commands.execute(commandIds.createRecord, { kind, given }),
    printLabels: records => void commands.execute(commandIds.printLabels, { records: records.map(record => ({ ...record })) }),
  }
}

export const LabContext = createContext<Lab | undefined>(undefined)

export function useLab(): Lab {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('a Petri view was drawn outside of LabContext')
  return lab
}
