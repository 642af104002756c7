const compound: Record<string, readonly string[]> = {
  entry_versions: ['entry_id', 'version'],
  changes: ['position'],
}

/** The columns that identify a row and put all rows into one order; pages go on from them. */
export function keysOf(relation: string): readonly string[] {
  return compound[relation] ?? ['id']
}
