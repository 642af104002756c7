import { DataType, type Field, type Table } from 'apache-arrow'
import { counted, tableHtml } from './html.ts'

const MOST_ROWS = 20
const MOST_COLUMNS = 30

/** The beginning of an Arrow table with types, units and counts. */
export function arrowHtml(table: Table): string {
  const fields = table.schema.fields.slice(0, MOST_COLUMNS)
  const rows = Array.from({ length: Math.min(table.numRows, MOST_ROWS) }, (_, i) =>
    fields.map((field, j) => cellText(table.getChildAt(j)!.get(i), field)))
  const columns = fields.map(field => ({ name: field.name, note: noteOf(field) }))
  return tableHtml(columns, rows, caption(table.numRows, table.numCols))
}

/** The beginning of a list of objects. */
export function rowsHtml(rows: readonly object[]): string {
  const shown = rows.slice(0, MOST_ROWS)
  const all = [...new Set(shown.flatMap(row => Object.keys(row)))]
  const names = all.slice(0, MOST_COLUMNS)
  const cells = shown.map(row => names.map(name => cellText((row as Record<string, unknown>)[name])))
  return tableHtml(names.map(name => ({ name, note: '' })), cells, caption(rows.length, all.length))
}

function caption(rows: number, columns: number): string {
  const cuts = [...(rows > MOST_ROWS ? [`first ${MOST_ROWS} rows`] : []), ...(columns > MOST_COLUMNS ? [`first ${MOST_COLUMNS} columns`] : [])]
  return `${counted(rows, 'row')} × ${counted(columns, 'column')}${cuts.length > 0 ? `; shown: ${cuts.join(', ')}` : ''}`
}

function noteOf({ type, metadata }: Field): string {
  const plain = DataType.isDictionary(type) ? type.dictionary as DataType : type
  const unit = metadata.get('unit') ?? metadata.get('unit_column')?.replace(/^/, 'in ')
  return DataType.isUtf8(plain) ? 'text' : String(plain).replace(/<.*/, '') + (unit ? `, ${unit}` : '')
}

function cellText(value: unknown, field?: Field): string {
  if (value === null || value === undefined) return ''
  if (field && (DataType.isTimestamp(field.type) || DataType.isDate(field.type))) return new Date(Number(value)).toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
