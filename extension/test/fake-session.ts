import { Signal } from '@lumino/signaling'
import { offlineError } from '../src/session/error.ts'
import type { Change, Session } from '../src/session/types.ts'

type Call = { name: string; args: Record<string, unknown> }

/** A session whose answers a test writes: what the models do with a lab, without one. The real lab is met in tests/browser. */
export class FakeSession {
  readonly baseUrl = 'http://lab.test/services/petri/'
  readonly onlineChanged = new Signal<Session, boolean>(this as unknown as Session)
  readonly changed = new Signal<Session, Change[]>(this as unknown as Session)
  readonly calls: Call[] = []
  online = true
  answer: (name: string, args: Record<string, unknown>) => unknown = () => ({})

  async call(name: string, args: object): Promise<unknown> {
    if (!this.online) throw offlineError()
    this.calls.push({ name, args: args as Call['args'] })
    return this.answer(name, args as Call['args'])
  }

  goOnline(online: boolean): void {
    this.online = online
    this.onlineChanged.emit(online)
  }

  get session(): Session {
    return this as unknown as Session
  }
}
