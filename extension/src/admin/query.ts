import type { ReferenceTable } from './tables.ts'

/** Any text field that contains the words; quoted, so that no character of them is syntax. */
export function searchFilter(table: ReferenceTable | undefined, words: string | undefined): Record<string, string> {
  const text = words?.trim()
  if (!table || !text) return {}
  const pattern = `"*${text.replace(/[\\"]/g, '\\$&')}*"`
  const fields = table.fields.filter(({ kind }) => kind === 'text')
  return { or: `(${fields.map(({ name }) => `${name}.ilike.${pattern}`).join(',')})` }
}

export function changedFields(before: object, after: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name as keyof typeof before]))
}
