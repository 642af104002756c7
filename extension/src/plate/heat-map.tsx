import { useRef, useState, type CSSProperties, type KeyboardEvent, type ReactElement } from 'react'
import { formatNumber, formatQuantity } from '../ui/format.ts'
import { placeOn, rowLetter, scaleOf, wellName, type Scale, type Well } from './wells.ts'

/** A plate as a grid of wells: one tab stop, arrows move from well to well, the line below tells the whole value. */
export function HeatMap({ label, rows, columns, wells, unit }: { label: string; rows: number; columns: number; wells: readonly Well[]; unit?: string }): ReactElement {
  const byName = new Map(wells.map(well => [well.well, well]))
  const scale = scaleOf(wells)
  const [at, setAt] = useState<[row: number, column: number]>([0, 0])
  const table = useRef<HTMLTableElement>(null)
  const move = (event: KeyboardEvent): void => {
    const next = step(event, at, rows, columns)
    if (!next) return
    event.preventDefault()
    setAt(next)
    table.current?.querySelector<HTMLElement>(`[data-well="${wellName(...next)}"]`)?.focus()
  }
  const focused = byName.get(wellName(...at))
  return (
    <figure className={`petri-HeatMap ${columns > 12 ? 'petri-mod-dense' : ''}`}>
      <table ref={table} role="grid" aria-label={label} aria-rowcount={rows} aria-colcount={columns} onKeyDown={move}>
        <thead>
          <tr><th scope="col" aria-label="Row" />{range(columns).map(column => <th key={column} scope="col">{column + 1}</th>)}</tr>
        </thead>
        <tbody>
          {range(rows).map(row => (
            <tr key={row}>
              <th scope="row">{rowLetter(row)}</th>
              {range(columns).map(column => (
                <WellCell
                  key={column} name={wellName(row, column)} well={byName.get(wellName(row, column))} scale={scale} unit={unit}
                  active={at[0] === row && at[1] === column} onFocus={() => setAt([row, column])}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>
        <span className="petri-HeatMap-well"><span className="petri-Code">{wellName(...at)}</span> {describe(focused, unit)}</span>
        {scale && (
          <span className="petri-HeatMap-scale" aria-hidden="true">
            {formatNumber(scale.low)} <span className="petri-HeatMap-ramp" /> {formatQuantity(scale.high, unit)}
          </span>
        )}
      </figcaption>
    </figure>
  )
}

function WellCell({ name, well, scale, unit, active, onFocus }: { name: string; well: Well | undefined; scale: Scale | undefined; unit?: string; active: boolean; onFocus(): void }): ReactElement {
  const place = well?.value != null && scale ? placeOn(scale, well.value) : undefined
  const tone = well?.problem ? 'petri-mod-problem' : place === undefined ? 'petri-mod-empty' : place > 0.55 ? 'petri-mod-high' : ''
  return (
    <td
      role="gridcell" className={`petri-Well ${tone}`} data-well={name} tabIndex={active ? 0 : -1} onFocus={onFocus} onClick={event => event.currentTarget.focus()}
      aria-label={`${name}: ${describe(well, unit)}`} title={`${name}: ${describe(well, unit)}`}
      style={place === undefined ? undefined : { '--petri-heat': `${Math.round(place * 100)}%` } as CSSProperties}
    ><span>{shorten(well)}</span></td>
  )
}

/** At most five characters, so that twelve columns stand side by side. */
function shorten(well: Well | undefined): string {
  if (!well || (well.value === null && !well.problem && !well.qualifier)) return ''
  if (well.problem) return '✕'
  if (well.value === null) return '›'
  return `${well.qualifier ?? ''}${shortNumber(well.value)}`
}

/** Three significant digits where they fit, so that digits stand under digits. */
function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (value === 0 || (size >= 0.001 && size < 1000)) return value.toPrecision(3)
  return size < 100_000 && size >= 1000 ? String(Math.round(value)) : value.toExponential(0)
}

function describe(well: Well | undefined, unit: string | undefined): string {
  if (!well) return 'empty'
  if (well.problem) return well.problem
  return formatQuantity(well.reported ?? well.qualifier ?? '', unit)
}

function step(event: KeyboardEvent, [row, column]: [number, number], rows: number, columns: number): [number, number] | undefined {
  const moves: Record<string, [number, number]> = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, columns - 1],
  }
  const to = moves[event.key]
  return to && [Math.max(0, Math.min(rows - 1, to[0])), Math.max(0, Math.min(columns - 1, to[1]))]
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
