import type { ReactElement } from 'react'
import { useLab } from '../ui/lab.ts'
import type { Placing } from './filling.ts'
import type { Position } from './rows.ts'

/** A box seen from above. */
export function PlaceGrid({ label, grid, placings = [], next, onChoose }: {
  label: string
  grid: readonly Position[]
  placings?: readonly Placing[]
  /** Where the next tube goes. */
  next?: string
  /** Set where tubes are racked: a free position can be chosen as the next. */
  onChoose?(position: string): void
}): ReactElement {
  const rows = [...new Set(grid.map(({ row_number }) => row_number))]
  const columns = [...new Set(grid.map(({ column_number }) => column_number))]
  return (
    <div className="petri-Grid-scroll">
      <table className="petri-Grid" aria-label={label}>
        <thead><tr><td />{columns.map(column => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>
          {rows.map(row => (
            <tr key={row}>
              <th scope="row">{String.fromCharCode(64 + row)}</th>
              {grid.filter(({ row_number }) => row_number === row).map(position => (
                <td key={position.at_position}>
                  <Cell position={position} placing={placings.find(({ position: at, refused }) => at === position.at_position && !refused)} next={next === position.at_position} onChoose={onChoose} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

// The end of a code tells tubes of a box apart.
const shortly = (code: string): string => code.slice(-5)

function Cell({ position, placing, next, onChoose }: { position: Position; placing?: Placing; next: boolean; onChoose?(position: string): void }): ReactElement {
  const { openRecord } = useLab()
  const { at_position, state, code, name, material_id, ask } = position
  if (state === 'held') {
    return <button className="petri-Cell petri-mod-held" title={`${at_position}: ${name} · ${code}`} onClick={() => openRecord('sample', material_id!)}>{shortly(code!)}</button>
  }
  if (state === 'taken') return <span className="petri-Cell petri-mod-taken" title={`${at_position} is taken: ask ${ask}`}>taken</span>
  if (placing) return <span className="petri-Cell petri-mod-going" title={`${at_position}: ${placing.code}, waiting to be sent`}>{shortly(placing.code)}</span>
  return (
    <button className={`petri-Cell ${next ? 'petri-mod-next' : ''}`} aria-label={next ? `${at_position}, next` : `${at_position}, free`} disabled={!onChoose} onClick={() => onChoose?.(at_position)}>
      {next ? at_position : ''}
    </button>
  )
}
