/** A reference table as its page shows it: read from the API's own description. */
export interface ReferenceTable {
  name: string
  /** First line of the table's comment. */
  summary: string
  fields: ReferenceField[]
}

export interface ReferenceField {
  name: string
  label: string
  /** The column's comment. */
  description: string
  kind: 'text' | 'number' | 'boolean'
  required: boolean
  /** Given once, never changed. */
  fixed: boolean
}

/** As much of PostgREST's OpenAPI document as a page needs. */
export interface ApiDescription {
  definitions: Record<string, {
    description?: string
    properties: Record<string, { type?: string; format?: string; description?: string }>
  }>
}

/** Which tables an admin edits here. What the description of a view cannot say stands beside the name. */
export const ADMINISTERED: readonly { table: string; required: readonly string[]; fixed: readonly string[] }[] = [
  { table: 'units', required: ['code', 'name'], fixed: ['code'] },
  { table: 'measurands', required: ['code', 'name', 'unit'], fixed: ['code'] },
]

/** People do not type these: every governed row carries them, or the lab works them out. */
const NOT_TYPED = new Set(['id', 'lab_id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'dimension'])

export function readTables(api: ApiDescription): ReferenceTable[] {
  return ADMINISTERED.flatMap(({ table, required, fixed }) => {
    const definition = api.definitions[table]
    if (!definition) return []
    const fields = Object.entries(definition.properties).filter(([name]) => !NOT_TYPED.has(name)).map(([name, property]) => ({
      name,
      label: labelOf(name),
      description: firstParagraph(property.description),
      kind: kindOf(property.type),
      required: required.includes(name),
      fixed: fixed.includes(name),
    }))
    return [{ name: table, summary: firstParagraph(definition.description), fields }]
  })
}

/** `amount_unit` → `Amount unit` */
export function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

// What follows an empty line is PostgREST's note on keys.
const firstParagraph = (text = ''): string => text.split('\n\n')[0] ?? ''

function kindOf(type: string | undefined): ReferenceField['kind'] {
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'boolean' ? 'boolean' : 'text'
}
