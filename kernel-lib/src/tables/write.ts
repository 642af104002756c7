import type { LabEdits, LabInserts } from '../generated/schema.ts'
import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import type { Row, TableName } from './query.ts'

/** Tables that take plain inserts. */
export type InsertableTable = keyof LabInserts & TableName
/** Tables whose rows can be edited field by field. */
export type EditableTable = keyof LabEdits & TableName

export interface Insertable<T extends InsertableTable> {
  /**
   * Registers rows, all or none, and gives them back as the lab keeps them, in the same order.
   * `lab_id` is your own lab unless it is given.
   * @throws PetriError with the lab's own refusal
   */
  insert(rows: readonly LabInserts[T][]): Promise<Row<T>[]>
}

export interface Editable<T extends EditableTable> {
  /**
   * Changes fields of one record over the version you saw: `edit(sample, { name: 'Plasma 7' })`.
   * Somebody else's edit of other fields is merged.
   * @throws PetriError PL005 where somebody changed the same field; `details` has both values
   */
  edit(seen: { id: string, version: number }, changes: LabEdits[T]): Promise<Row<T>>
}

export function writeTable<T extends InsertableTable & EditableTable>(session: Session, relation: T): Insertable<T> & Editable<T> {
  return {
    insert: rows => insertRows(session, relation, rows) as Promise<Row<T>[]>,
    edit: (seen, changes) => editRow(session, relation, seen, changes) as Promise<Row<T>>,
  }
}

async function insertRows(session: Session, relation: string, rows: readonly object[]): Promise<object[]> {
  if (rows.length === 0) return []
  const ofLab: object[] = rows.map(row => ({ lab_id: session.person.lab_id, ...row }))
  const columns = [...new Set(ofLab.flatMap(row => Object.keys(row)))]
  const path = `${relation}?columns=${encodeURIComponent(columns.map(column => `"${column}"`).join(','))}`
  // A field that a row leaves out takes its default, as it does when all rows leave it out.
  const headers = { prefer: 'return=representation, missing=default' }
  return await (await session.request(path, { method: 'POST', headers, body: ofLab })).json() as object[]
}

async function editRow(session: Session, relation: string, { id, version }: { id: string, version: number }, changes: object): Promise<object> {
  const path = `${relation}?id=eq.${encodeURIComponent(id)}`
  const response = await session.request(path, { method: 'PATCH', headers: { prefer: 'return=representation' }, body: { ...changes, version } })
  const [row] = await response.json() as object[]
  if (!row) throw new PetriError(`There is no row ${id} in ${relation} that you may edit.`, { code: 'not_editable', hint: 'Check the id, and whether you have a role in its project.' })
  return row
}
