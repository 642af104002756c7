import { Signal } from '@lumino/signaling'
import { asPetriError, PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'
import type { Answers } from '../sop/answers.ts'
import type { Grade } from '../sop/rows.ts'

interface StepActBase {
  /** Made here, once per act: sent twice, it counts once. */
  key: string
  run_id: string
  step: string
  /** When it happened at the bench (ISO 8601), however late it is sent. */
  happened_at: string
}

export interface RecordAct extends StepActBase { type: 'record'; fields: Answers }
export interface DeviationAct extends StepActBase { type: 'deviation'; description: string; grade: Grade }
export type StepAct = RecordAct | DeviationAct

/** Any other act of the lab: a function with all its arguments, its `act_key` and time among them. */
export interface CallAct {
  type: 'call'
  key: string
  name: string
  args: Record<string, unknown>
  /** What it is about: whose page shows it, and whose later acts wait when it is refused. */
  about: string
  /** Nothing waits for it: acts on different tubes do not stand on each other. */
  alone?: boolean
}

export type Act = StepAct | CallAct

/** An act on its way. A refused one stays, with the refusal, until its person corrects or withdraws it. */
export interface Waiting<Kind extends Act = Act> {
  act: Kind
  refusal?: { code: string; message: string; hint?: string; details?: unknown }
}

const PREFIX = 'petri:outbox:'

/**
 * Acts of one person, kept in the browser before they are sent, and sent in the order in which they happened.
 * Nothing leaves the box before the database has answered for it.
 */
export class Outbox {
  readonly changed = new Signal<this, void>(this)
  /** An act was taken by the database. */
  readonly delivered = new Signal<this, { act: Act; answer: unknown }>(this)
  #session: Session
  #storage: Storage
  #key: string
  #sending: Promise<void> | undefined
  waiting: readonly Waiting[]

  constructor(session: Session, person: string, storage: Storage = localStorage) {
    this.#session = session
    this.#storage = storage
    this.#key = PREFIX + person
    this.waiting = this.#read()
    session.onlineChanged.connect((_, online) => { if (online) void this.send() })
    window.addEventListener('storage', event => {
      if (event.key === this.#key) this.#show(this.#read())
    })
  }

  /** What waits of a run. */
  of(run: string): Waiting<StepAct>[] {
    return this.waiting.filter((item): item is Waiting<StepAct> => item.act.type !== 'call' && item.act.run_id === run)
  }

  /** What waits of any other record. */
  about(subject: string): Waiting<CallAct>[] {
    return this.waiting.filter((item): item is Waiting<CallAct> => item.act.type === 'call' && item.act.about === subject)
  }

  /** Keeps the act, then tries to send. */
  add(act: Act): void {
    this.#write([...this.#read(), { act }])
    void this.send()
  }

  /** Puts a corrected act in the place of a refused one. */
  replace(refused: string, act: Act): void {
    this.#write(this.#read().map(item => item.act.key === refused ? { act } : item))
    void this.send()
  }

  withdraw(key: string): void {
    this.#write(this.#read().filter(item => item.act.key !== key))
    void this.send()
  }

  /** Sends what can be sent; of several windows one at a time. Never throws. */
  send(): Promise<void> {
    this.#sending ??= exclusively(this.#key, () => this.#sendAll()).finally(() => { this.#sending = undefined })
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      try {
        const answer = await deliver(this.#session, next.act)
        this.#write(this.#read().filter(item => item.act.key !== next!.act.key))
        this.delivered.emit({ act: next.act, answer })
      } catch (reason) {
        const error = asPetriError(reason)
        if (!isRefusal(error)) return // not judged yet: it waits for the network
        this.#note(next.act.key, error)
      }
    }
  }

  // What follows a refused act of the same run or record waits: it stood on it.
  #next(): Waiting | undefined {
    const held = new Set<string>()
    for (const item of this.#read()) {
      if (item.refusal) held.add(lineOf(item.act))
      else if (!held.has(lineOf(item.act))) return item
    }
    return undefined
  }

  #note(key: string, { code, message, hint, details }: PetriError): void {
    this.#write(this.#read().map(item => item.act.key === key ? { ...item, refusal: { code, message, hint, details } } : item))
  }

  #read(): Waiting[] {
    return JSON.parse(this.#storage.getItem(this.#key) ?? '[]') as Waiting[]
  }

  #write(waiting: Waiting[]): void {
    if (waiting.length === 0) this.#storage.removeItem(this.#key)
    else this.#storage.setItem(this.#key, JSON.stringify(waiting))
    this.#show(waiting)
  }

  #show(waiting: Waiting[]): void {
    this.waiting = waiting
    this.changed.emit()
  }
}

const lineOf = (act: Act): string => act.type !== 'call' ? act.run_id : act.alone ? act.key : act.about

function deliver(session: Session, act: Act): Promise<unknown> {
  if (act.type === 'call') return session.call(act.name, act.args)
  if (act.type === 'record') {
    return session.call('advance_run', { run_id: act.run_id, step: act.step, fields: act.fields, act_key: act.key, happened_at: act.happened_at })
  }
  return session.call('report_deviation',
    { run_id: act.run_id, step: act.step, description: act.description, grade: act.grade, act_key: act.key })
}

/** The database judged the act. Everything else (no network, no session, a fault) says nothing about it. */
function isRefusal(error: PetriError): boolean {
  return error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 408 && error.status !== 429
}

function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  // Without a secure context there are no locks; the keys of the acts make a second sender harmless.
  return navigator.locks ? navigator.locks.request(name, work).then(() => {}) : work()
}

const boxes = new WeakMap<Session, Map<string, Outbox>>()

/** The one box of a person in this window. */
export function outboxOf(session: Session, person: string): Outbox {
  const ofSession = boxes.get(session) ?? new Map<string, Outbox>()
  boxes.set(session, ofSession)
  const box = ofSession.get(person) ?? new Outbox(session, person)
  ofSession.set(person, box)
  return box
}

/** Whether anybody's acts wait in this browser; asks no server. */
export function holdsActs(storage: Storage = localStorage): boolean {
  return Object.keys(storage).some(key => key.startsWith(PREFIX))
}
