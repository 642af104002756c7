import { Signal } from '@lumino/signaling'
import { asPetriError, type PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'

export interface RecordRow {
  kind: string
  id: string
  code: string
  name: string
  detail: string
  status: string
  project: string
  created_at: string
}

export type ListedKind = 'sample' | 'experiment' | 'sop_run'

export interface RecordListState {
  query: string
  rows: RecordRow[]
  loading: boolean
  error: PetriError | undefined
  /** The server has older rows than the last one here. */
  more: boolean
}

const PAGE = 50
const MOST = 1000

/** Records of one kind, newest first: searched, ordered and paged by the server. */
export class RecordList {
  readonly changed = new Signal<this, void>(this)
  state: RecordListState = { query: '', rows: [], loading: false, error: undefined, more: false }
  #session: Session
  #kind: ListedKind
  #current: AbortController | undefined

  constructor(session: Session, kind: ListedKind) {
    this.#session = session
    this.#kind = kind
  }

  search(query: string): Promise<void> {
    return this.#load({ query, rows: [] }, PAGE)
  }

  /** Reads again what is shown, and no more. */
  refresh(): Promise<void> {
    const { query, rows } = this.state
    const shown = Math.min(MOST, Math.max(PAGE, rows.length))
    return this.#load({ query, rows: [] }, shown)
  }

  loadMore(): Promise<void> {
    if (this.state.loading || !this.state.more) return Promise.resolve()
    return this.#load(this.state, PAGE)
  }

  async #load({ query, rows }: { query: string; rows: RecordRow[] }, most: number): Promise<void> {
    this.#current?.abort()
    const current = this.#current = new AbortController()
    this.#set({ ...this.state, query, loading: true })
    try {
      const page = await this.#session.call<RecordRow[]>('search_records',
        { kind: this.#kind, query, before_id: rows.at(-1)?.id ?? null, most }, { signal: current.signal })
      if (current !== this.#current) return
      this.#set({ query, rows: [...rows, ...page], loading: false, error: undefined, more: page.length === most })
    } catch (error) {
      if (current === this.#current) this.#set({ ...this.state, loading: false, error: asPetriError(error) })
    }
  }

  #set(state: RecordListState): void {
    this.state = state
    this.changed.emit()
  }
}
