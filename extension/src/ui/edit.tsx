import { useEffect, useState } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { useLab } from './lab.ts'

/** Two people changed the same field: what it was, what you wrote, what they wrote. Each side is an object of columns. */
export interface Conflict {
  now: number
  changed_by: string | null
  changed_at: string
  fields: Record<string, Record<'base' | 'yours' | 'theirs', unknown>>
}

export interface Edit<Fields extends object> {
  /** What was typed and not yet saved. */
  draft: Partial<Fields>
  saving: boolean
  error: PetriError | undefined
  conflict: Conflict | undefined
  change(fields: Partial<Fields>): void
  save(): Promise<boolean>
  /** Saves again over the version of now, with the chosen values. */
  settle(chosen: Partial<Fields>): Promise<boolean>
  /** Leaves the conflict, keeping the draft. */
  dismiss(): void
  revert(): void
}

/** A draft, and the version that stood on the screen when typing began. */
interface Typed<Fields> { draft: Partial<Fields>; seen: number }

interface EditOptions<Fields extends object, Row> {
  view: string
  id: string
  version: number
  onSaved(row: Row): void
  /** Where a draft outlives a reload. */
  kept?: { read(): Typed<Fields> | undefined; keep(typed: Typed<Fields> | undefined): void }
}

export function readConflict(error: PetriError): Conflict | undefined {
  return error.code === 'PL005' ? error.details as Conflict : undefined
}

/** The life of one person's edit of one row: typed, saved, perhaps met with somebody else's. Typing is never thrown away. */
export function useEdit<Fields extends object, Row = never>({ view, id, version, onSaved, kept }: EditOptions<Fields, Row>): Edit<Fields> {
  const { session } = useLab()
  const [typed, setTyped] = useState<Typed<Fields> | undefined>(() => kept?.read())
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<PetriError>()
  useEffect(() => kept?.keep(typed), [typed])
  const send = async (fields: Partial<Fields>, over: number): Promise<boolean> => {
    setSaving(true)
    try {
      const row = await session.edit<Row>(view, id, over, fields)
      // What was typed while the edit was under way is still a draft.
      setTyped(now => leftOver(now, fields, (row as { version: number }).version))
      setError(undefined)
      onSaved(row)
      return true
    } catch (reason) {
      setError(asPetriError(reason))
      return false
    } finally {
      setSaving(false)
    }
  }
  const conflict = error && readConflict(error)
  const draft = typed?.draft ?? {}
  return {
    draft, saving, conflict,
    error: conflict ? undefined : error,
    change: fields => setTyped(now => ({ seen: now?.seen ?? version, draft: { ...now?.draft, ...fields } })),
    save: () => send(draft, typed?.seen ?? version),
    settle: chosen => {
      const settled = { ...draft, ...chosen }
      setTyped({ seen: conflict?.now ?? version, draft: settled })
      return send(settled, conflict?.now ?? version)
    },
    dismiss: () => setError(undefined),
    revert() {
      setTyped(undefined)
      setError(undefined)
    },
  }
}

function leftOver<Fields extends object>(typed: Typed<Fields> | undefined, sent: Partial<Fields>, seen: number): Typed<Fields> | undefined {
  const left = Object.entries(typed?.draft ?? {}).filter(([field, value]) => sent[field as keyof Fields] !== value)
  return left.length === 0 ? undefined : { seen, draft: Object.fromEntries(left) as Partial<Fields> }
}
