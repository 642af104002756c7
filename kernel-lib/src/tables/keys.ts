const withoutId: Record<string, readonly string[]> = {
  entry_versions: ['entry_id', 'version'],
  changes: ['position'],
}

/** The columns that identify a row. */
export function keysOf(relation: string): readonly string[] {
  return withoutId[relation] ?? ['id']
}

/** The one column by which pages of a relation go on, in order of registration; undefined where it takes several. */
export function keyOf(relation: string): string | undefined {
  return relation in withoutId ? undefined : 'id'
}
