import type { ReactElement } from 'react'
import { formatNumber } from '../ui/format.ts'
import { Table } from '../ui/table.tsx'
import type { ResultValue } from './rows.ts'

export function ResultValues({ values }: { values: ResultValue[] }): ReactElement {
  return (
    <Table label="Values" rows={values} columns={[
      { label: 'Quantity', cell: row => row.measurand },
      { label: 'Value', numeric: true, cell: row => formatNumber(row.value) },
      { label: 'Standard error', numeric: true, cell: row => row.standard_error !== null && `± ${formatNumber(row.standard_error)}` },
      { label: 'Unit', cell: row => row.unit === '1' ? '' : row.unit },
    ]} />
  )
}
