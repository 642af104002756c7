import { Signal } from '@lumino/signaling'
import { PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'
import type { RecordRef } from '../tokens.ts'
import { RecordList, type ListedKind } from './record-list.ts'

export const SECTIONS: readonly { kind: ListedKind; label: string; table: string; empty: string; create: string }[] = [
  { kind: 'experiment', label: 'Experiments', table: 'experiments', empty: 'No experiments in your projects yet.', create: 'New experiment' },
  { kind: 'sample', label: 'Samples', table: 'samples', empty: 'No samples in your projects yet.', create: 'New sample' },
  { kind: 'sop_run', label: 'SOP runs', table: 'sop_runs', empty: 'No SOP runs in your projects yet.', create: 'Start an SOP run' },
]

/** What the sidebar shows: one list per kind, of which one is in front. */
export class SidebarModel {
  readonly changed = new Signal<this, void>(this)
  readonly codeWanted = new Signal<this, void>(this)
  readonly lists: Record<ListedKind, RecordList>
  #session: Session
  #kind: ListedKind = 'experiment'

  constructor(session: Session) {
    this.#session = session
    this.lists = {
      sample: new RecordList(session, 'sample'),
      experiment: new RecordList(session, 'experiment'),
      sop_run: new RecordList(session, 'sop_run'),
    }
  }

  get kind(): ListedKind {
    return this.#kind
  }

  set kind(kind: ListedKind) {
    this.#kind = kind
    this.changed.emit()
  }

  get list(): RecordList {
    return this.lists[this.#kind]
  }

  /** Asks the view for its code box. */
  askForCode(): void {
    this.codeWanted.emit()
  }

  /** The record that carries a code, typed or scanned: its own, or what others call a material. @throws PetriError */
  async findByCode(code: string): Promise<RecordRef> {
    const [found] = await this.#session.call<{ kind: string; id: string }[]>('find_code', { code })
    if (!found) {
      throw new PetriError({ code: 'PL004', message: `No record of yours carries the code "${code.trim()}".`, hint: 'Check the last character: it checks the others.' }, 404)
    }
    return found.kind === 'analysis' ? this.#resultOf(found.id) : found as RecordRef
  }

  // An analysis has no page of its own: its first result shows it.
  async #resultOf(analysis: string): Promise<RecordRef> {
    const [result] = await this.#session.read<{ id: string }>('results', { analysis_id: `eq.${analysis}`, select: 'id', order: 'id', limit: 1 })
    if (result) return { kind: 'result', id: result.id }
    throw new PetriError({ code: 'PL004', message: 'This analysis registered no result.' }, 404)
  }
}
