import { Signal } from '@lumino/signaling'
import { asPetriError, type PetriError } from '../session/error.ts'

/** Something that is fetched: its last value outlives a failed reload. */
export interface Loadable<T> {
  loading: boolean
  value: T | undefined
  error: PetriError | undefined
}

export class Resource<T> {
  readonly changed = new Signal<this, void>(this)
  state: Loadable<T> = { loading: false, value: undefined, error: undefined }
  #fetch: (signal: AbortSignal) => Promise<T>
  #current: AbortController | undefined

  constructor(fetch: (signal: AbortSignal) => Promise<T>) {
    this.#fetch = fetch
  }

  /** Fetches anew; an older fetch that is still under way is dropped. Never throws. */
  async load(): Promise<void> {
    this.#current?.abort()
    const current = this.#current = new AbortController()
    this.#set({ ...this.state, loading: true })
    try {
      const value = await this.#fetch(current.signal)
      if (current === this.#current) this.#set({ loading: false, value, error: undefined })
    } catch (error) {
      if (current === this.#current) this.#set({ ...this.state, loading: false, error: asPetriError(error) })
    }
  }

  /** Replaces the value without a fetch, for example by what an edit returned. */
  put(value: T): void {
    this.#current?.abort()
    this.#current = undefined
    this.#set({ loading: false, value, error: undefined })
  }

  #set(state: Loadable<T>): void {
    this.state = state
    this.changed.emit()
  }
}
