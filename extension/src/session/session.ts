import { DisposableDelegate, type IDisposable } from '@lumino/disposable'
import { Signal } from '@lumino/signaling'
import { PetriError, offlineError, readRefusal } from './error.ts'
import { followChanges } from './events.ts'
import { createTokenSource, type Token, type TokenSource } from './token-source.ts'
import type { Change, Person, Query, Request, Session } from './types.ts'

export class LabSession implements Session {
  readonly baseUrl: string
  readonly onlineChanged: Signal<Session, boolean> = new Signal<Session, boolean>(this)
  readonly changed: Signal<Session, Change[]> = new Signal<Session, Change[]>(this)
  #tokens: TokenSource
  #online = navigator.onLine
  #watchers = 0
  #stream: AbortController | undefined

  constructor(options: { baseUrl: string; hubToken: string }) {
    this.baseUrl = options.baseUrl
    this.#tokens = createTokenSource(options.baseUrl, options.hubToken)
    window.addEventListener('offline', () => this.#noteOnline(false))
    window.addEventListener('online', () => {
      this.#tokens.drop()
      void this.identify().then(() => this.#noteOnline(true), () => {})
    })
  }

  get online(): boolean {
    return this.#online
  }

  async identify(): Promise<Person> {
    return (await this.#token()).person
  }

  async read<Row>(view: string, query: Query = {}, request?: Request): Promise<Row[]> {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value))
    return await this.#send(`rest/${view}?${search}`, { ...request }) as Row[]
  }

  async call<Result>(name: string, args: object, request?: Request): Promise<Result> {
    return await this.#send(`rest/rpc/${name}`, { method: 'POST', body: JSON.stringify(args), ...request }) as Result
  }

  async describe<Description>(): Promise<Description> {
    return await this.#send('rest/', {}) as Description
  }

  async insert<Row>(view: string, row: object): Promise<Row> {
    return first(await this.#send(`rest/${view}`, { method: 'POST', body: JSON.stringify(row) }) as Row[])
  }

  async edit<Row>(view: string, id: string, version: number, fields: object): Promise<Row> {
    const body = JSON.stringify({ ...fields, version })
    return first(await this.#send(`rest/${view}?id=eq.${encodeURIComponent(id)}`, { method: 'PATCH', body }) as Row[])
  }

  watch(): IDisposable {
    if (this.#watchers++ === 0) this.#openStream()
    return new DisposableDelegate(() => {
      if (--this.#watchers === 0) this.#stream?.abort()
    })
  }

  #openStream(): void {
    this.#stream = new AbortController()
    const token = async (): Promise<string> => (await this.#token()).access_token
    void followChanges(`${this.baseUrl}events`, {
      token,
      signal: this.#stream.signal,
      onOpen: () => this.#noteOnline(true),
      onChanges: changes => this.changed.emit(changes),
    })
  }

  async #send(path: string, init: RequestInit): Promise<unknown> {
    const response = await this.#fetch(path, init)
    if (response.status !== 401) return readBody(response)
    // The token may have been refused for its age alone: once more with a new one.
    this.#tokens.drop()
    return readBody(await this.#fetch(path, init))
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { access_token } = await this.#token()
    const headers = {
      authorization: `Bearer ${access_token}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
    }
    const response = await this.#noteFailure(fetch(this.baseUrl + path, { ...init, headers }).catch((error: unknown) => { throw networkError(error) }))
    this.#noteOnline(true)
    return response
  }

  // A token that is still good says nothing about the network; that a new one cannot be had, does.
  #token(): Promise<Token> {
    return this.#noteFailure(this.#tokens.get())
  }

  async #noteFailure<T>(attempt: Promise<T>): Promise<T> {
    try {
      return await attempt
    } catch (error) {
      if (error instanceof PetriError && error.offline) this.#noteOnline(false)
      throw error
    }
  }

  #noteOnline(online: boolean): void {
    if (online === this.#online) return
    this.#online = online
    this.onlineChanged.emit(online)
  }
}

function networkError(error: unknown): unknown {
  return error instanceof DOMException && error.name === 'AbortError' ? error : offlineError()
}

async function readBody(response: Response): Promise<unknown> {
  if (!response.ok) throw await readRefusal(response)
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

/** An edit that met no row: it is gone, or was never to be seen. */
function first<Row>(rows: Row[]): Row {
  const row = rows[0]
  if (row === undefined) throw new PetriError({ code: 'PL004', message: 'There is no such record that you may edit.' }, 404)
  return row
}
