import { useState } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { useLab } from './lab.ts'

/** Two people changed the same field: what it was, what you wrote, what they wrote. */
export interface Conflict {
  now: number
  changed_by: string | null
  changed_at: string
  fields: Record<string, { base: unknown; yours: unknown; theirs: unknown }>
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

export function readConflict(error: PetriError): Conflict | undefined {
  return error.code === 'PL005' ? error.details as Conflict : undefined
}

/** The life of one person's edit of one row: typed, saved, perhaps met with somebody else's. Typing is never thrown away. */
export function useEdit<Fields extends object>(
  { view, id, version, onSaved }: { view: string; id: string; version: number; onSaved(row: never): void },
): Edit<Fields> {
  const { session } = useLab()
  const [draft, setDraft] = useState<Partial<Fields>>({})
  const [seen, setSeen] = useState<number>()
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<PetriError>()
  const send = async (fields: Partial<Fields>, over: number): Promise<boolean> => {
    setSaving(true)
    try {
      onSaved(await session.edit(view, id, over, fields) as never)
      setDraft({})
      setSeen(undefined)
      setError(undefined)
      return true
    } catch (reason) {
      setError(asPetriError(reason))
      return false
    } finally {
      setSaving(false)
    }
  }
  const conflict = error && readConflict(error)
  return {
    draft, saving, conflict,
    error: conflict ? undefined : error,
    change(fields) {
      setSeen(seen ?? version) // the version that stood on the screen when typing began
      setDraft({ ...draft, ...fields })
    },
    save: () => send(draft, seen ?? version),
    settle: chosen => send({ ...draft, ...chosen }, conflict?.now ?? version),
    dismiss: () => setError(undefined),
    revert() {
      setDraft({})
      setSeen(undefined)
      setError(undefined)
    },
  }
}
