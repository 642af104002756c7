import type { LabSchema } from '../generated/schema.ts'

type TableWithoutId = { [T in keyof LabSchema]: 'id' extends keyof LabSchema[T]['row'] ? never : T }[keyof LabSchema]

const withoutId: { readonly [T in TableWithoutId]: readonly (keyof LabSchema[T]['row'])[] } = {
  changes: ['position'],
  entry_versions: ['entry_id', 'version'],
  expiring_lots: ['material_id'],
  imported_rows: ['import_id', 'row_no'],
  known_units: ['code'],
  low_stock: ['material_id'],
  sample_numbers: ['sample_id', 'field'],
  search_fields: ['entity', 'field'],
  search_links: ['entity', 'link'],
  shipment_discrepancies: ['item_id'],
  turnaround: ['project_id', 'measurand', 'month'],
}

/** The columns that identify a row. */
export function keysOf(relation: string): readonly string[] {
  return relation in withoutId ? withoutId[relation as TableWithoutId] : ['id']
}

/** The one column by which pages of a relation go on, in order of registration; undefined where it takes several. */
export function keyOf(relation: string): string | undefined {
  return relation in withoutId ? undefined : 'id'
}
