import type { Draft } from './answers.ts'

const keyOf = (person: string, run: string, step: string): string => `petri:draft:${person}:${run}:${step}`

/** Half-typed values outlive a reload: kept at each keystroke, per person, run and step. */
export const drafts = {
  read(person: string, run: string, step: string): Draft {
    return JSON.parse(localStorage.getItem(keyOf(person, run, step)) ?? '{}') as Draft
  },
  keep(person: string, run: string, step: string, draft: Draft): void {
    localStorage.setItem(keyOf(person, run, step), JSON.stringify(draft))
  },
  drop(person: string, run: string, step: string): void {
    localStorage.removeItem(keyOf(person, run, step))
  },
}
