import type { Document } from './document.ts'

/** Text that was written and not yet saved, with the version it stands on. */
export interface KeptDraft {
  seen: number
  draft: { title?: string; document?: Document }
}

const keyOf = (person: string, entry: string): string => `petri:entry:${person}:${entry}`

/** Unsaved text outlives a reload, per person and entry. */
export const keptDrafts = {
  read(person: string, entry: string): KeptDraft | undefined {
    const text = localStorage.getItem(keyOf(person, entry))
    return text === null ? undefined : JSON.parse(text) as KeptDraft
  },
  keep(person: string, entry: string, kept: KeptDraft): void {
    localStorage.setItem(keyOf(person, entry), JSON.stringify(kept))
  },
  drop(person: string, entry: string): void {
    localStorage.removeItem(keyOf(person, entry))
  },
}
