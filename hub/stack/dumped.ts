/** What a dump says of itself, as `manifest.json`. */
export interface Manifest {
  format: 1
  madeAt: string
  postgres: number
  tables: DumpedTable[]
  sequences: { name: string; lastValue: string; isCalled: boolean }[]
  /** Jobs that were asked for and not yet done. */
  jobs: { task: string; payload: unknown }[]
  objects: DumpedObject[]
}

export interface DumpedTable {
  name: string
  /** As SQL writes them; generated columns are left out, since they follow from the others. */
  columns: string
  rows: number
  /** Of the rows as COPY writes them, in the order they lie in the table. */
  sha256: string
}

export interface DumpedObject {
  key: string
  sizeBytes: number
  sha256: string
  mediaType: string
}
