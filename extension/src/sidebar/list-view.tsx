import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { startCellDrag } from '../cells/drag.ts'
import { useSignal } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { Empty, Failure, Loading } from '../ui/states.tsx'
import { StatusDot } from '../ui/status.tsx'
import type { SECTIONS } from './model.ts'
import type { RecordList, RecordRow } from './record-list.ts'

/** One tab stop; arrows move, Enter opens, and the end of the list asks for more. */
export function RecordListView({ list, section }: { list: RecordList; section: (typeof SECTIONS)[number] }): ReactElement {
  const { rows, loading, error, more, query } = useSignal(list.changed, () => list.state)
  const { openRecord } = useLab()
  const [active, setActive] = useState(0)
  const [selected, setSelected] = useState<ReadonlyMap<string, RecordRow>>(new Map())
  const box = useRef<HTMLUListElement>(null)
  const open = (row: RecordRow): void => openRecord(section.kind, row.id)
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 }[event.key]
    const row = rows[active]
    if (event.key === 'Enter' && row) open(row)
    if (event.key === ' ' && row) {
      event.preventDefault()
      setSelected(toggled(selected, row))
    }
    if (to === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setActive(next)
    ;(box.current?.children[next] as HTMLElement | undefined)?.focus()
    if (next === rows.length - 1) void list.loadMore()
  }
  return (
    <>
      {error && !(error.offline && rows.length > 0) && <Failure error={error} onRetry={() => void list.refresh()} />}
      {!error && !loading && rows.length === 0 && <Empty>{query ? `Nothing matches “${query}”.` : section.empty}</Empty>}
      <ul ref={box} className="petri-List" role="listbox" aria-multiselectable="true" aria-label={section.label} aria-busy={loading} onKeyDown={onKeyDown}>
        {rows.map((row, index) => (
          <Row
            key={row.id} row={row} active={index === Math.min(active, rows.length - 1)} selected={selected.has(row.id)}
            onFocus={() => setActive(index)} onOpen={() => open(row)} onSelect={() => setSelected(toggled(selected, row))}
          />
        ))}
      </ul>
      {loading && rows.length === 0 && <Loading />}
      {selected.size > 0 && <Selection rows={[...selected.values()]} onClear={() => setSelected(new Map())} />}
      {more && <End key={rows.length} onSeen={() => void list.loadMore()} />}
    </>
  )
}

function toggled(selected: ReadonlyMap<string, RecordRow>, row: RecordRow): ReadonlyMap<string, RecordRow> {
  const next = new Map(selected)
  if (!next.delete(row.id)) next.set(row.id, row)
  return next
}

/** What can be done with the records that were picked. */
function Selection({ rows, onClear }: { rows: RecordRow[]; onClear(): void }): ReactElement {
  const { printLabels } = useLab()
  const print = (): void => printLabels(rows.map(({ code, name, detail }) => ({ code, name, lines: detail ? [detail] : [] })))
  return (
    <div className="petri-Selection" role="toolbar" aria-label="Selected records">
      <span role="status">{rows.length} selected</span>
      <button className="petri-Button" onClick={print}>Print labels…</button>
      <button className="petri-Button" onClick={onClear}>Clear</button>
    </div>
  )
}

interface RowProps { row: RecordRow; active: boolean; selected: boolean; onFocus(): void; onOpen(): void; onSelect(): void }

/** A click opens it; with Ctrl, Command or Shift it is picked, as Space does. */
function Row({ row, active, selected, onFocus, onOpen, onSelect }: RowProps): ReactElement {
  return (
    <li
      className="petri-Row" role="option" aria-selected={selected} tabIndex={active ? 0 : -1} title={`${row.name} · ${row.code}`}
      data-petri-kind={row.kind} data-petri-code={row.code} data-petri-name={row.name} data-petri-detail={row.detail}
      data-petri-selected={selected || undefined} onFocus={onFocus} onClick={event => event.ctrlKey || event.metaKey || event.shiftKey ? onSelect() : onOpen()}
      onPointerDown={event => startCellDrag(event.nativeEvent, { kind: row.kind, code: row.code, name: row.name })}
    >
      <span className="petri-Row-name">{row.name}</span>
      <StatusDot status={row.status} />
      <span className="petri-Row-detail"><span className="petri-Code">{row.code}</span>{row.detail && <> · {row.detail}</>}</span>
      <span className="petri-Row-project">{row.project}</span>
    </li>
  )
}

function End({ onSeen }: { onSeen: () => void }): ReactElement {
  const end = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen())
    observer.observe(end.current!)
    return () => observer.disconnect()
  }, [])
  return <button ref={end} className="petri-Button petri-List-more" onClick={onSeen}>Load more</button>
}
