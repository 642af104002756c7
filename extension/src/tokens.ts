import { Token } from '@lumino/coreutils'
import type { Session } from './session/types.ts'

export const ISession = new Token<Session>('@petri/jupyterlab:ISession', 'The lab, seen through the person who is signed in.')
export type ISession = Session

/** What can be opened in the main area. */
export const RECORD_KINDS = ['sample', 'experiment', 'plate', 'result', 'sop_run', 'entry', 'shipment', 'place'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

export interface RecordRef {
  kind: RecordKind
  id: string
}

export const commandIds = {
  openRecord: 'petri:open-record',
  findCode: 'petri:find-code',
  insertCell: 'petri:insert-cell',
  openList: 'petri:open-list',
  createRecord: 'petri:create-record',
  printLabels: 'petri:print-labels',
  administerTables: 'petri:administer-tables',
} as const
