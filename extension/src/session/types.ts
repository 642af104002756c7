import type { IDisposable } from '@lumino/disposable'
import type { ISignal } from '@lumino/signaling'

export interface Person {
  id: string
  login: string
  name: string
  lab_id: string
  roles: string[]
}

/** That a record changed; what it is now is read again. */
export interface Change {
  position: number
  table_name: string
  record_id: string
  act: string
  person_id: string | null
  at: string
}

export type Query = Record<string, string | number | boolean | undefined>

export interface Request {
  signal?: AbortSignal
}

/** The lab, seen through the person who is signed in. Everything throws PetriError. */
export interface Session {
  /** Where the gateway is, with a slash at the end. */
  readonly baseUrl: string
  readonly online: boolean
  readonly onlineChanged: ISignal<Session, boolean>
  /** Changes in the lab, while somebody watches. */
  readonly changed: ISignal<Session, Change[]>
  identify(): Promise<Person>
  /** Rows of a view, with PostgREST's filters: `read('samples', { id: 'eq.…' })`. */
  read<Row>(view: string, query?: Query, request?: Request): Promise<Row[]>
  /** Calls a function of the API. */
  call<Result>(name: string, args: object, request?: Request): Promise<Result>
  /** The OpenAPI document of what this person may use. */
  describe<Description>(): Promise<Description>
  insert<Row>(view: string, row: object): Promise<Row>
  /** Edits one row; `version` is the one that was seen. @throws PetriError PL005 when somebody else changed the same field */
  edit<Row>(view: string, id: string, version: number, fields: object): Promise<Row>
  /** Keeps the stream of changes open until disposed. */
  watch(): IDisposable
}
