import type { ReactElement, ReactNode } from 'react'

export interface Column<Row> {
  label: string
  /** Numbers stand right-aligned, digit under digit. */
  numeric?: boolean
  cell(row: Row): ReactNode
}

export function Table<Row extends { id: string }>({ label, columns, rows }: { label: string; columns: readonly Column<Row>[]; rows: readonly Row[] }): ReactElement {
  return (
    <div className="petri-Table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="petri-Table">
        <thead>
          <tr>{columns.map(column => <th key={column.label} scope="col" className={column.numeric ? 'petri-mod-numeric' : ''}>{column.label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              {columns.map(column => <td key={column.label} className={column.numeric ? 'petri-mod-numeric' : ''}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
