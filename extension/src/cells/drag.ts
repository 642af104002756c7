import { MimeData } from '@lumino/coreutils'
import { Drag } from '@lumino/dragdrop'
import { makeCell, type Fetchable } from './cell-source.ts'

const CELLS = 'application/vnd.jupyter.cells'
const THRESHOLD_PX = 6

/** Follows a pressed pointer: once it moved far enough, a cell that fetches the record hangs on it. */
export function startCellDrag(press: PointerEvent, record: Fetchable): void {
  if (press.button !== 0) return
  const follow = new AbortController()
  const end = (): void => follow.abort()
  document.addEventListener('pointermove', move => {
    if (Math.hypot(move.clientX - press.clientX, move.clientY - press.clientY) < THRESHOLD_PX) return
    end()
    const drag = new Drag({ mimeData: mimeOf(record), dragImage: imageOf(record), proposedAction: 'copy', supportedActions: 'copy' })
    void drag.start(move.clientX, move.clientY).then(() => drag.dispose())
  }, { signal: follow.signal })
  document.addEventListener('pointerup', end, { signal: follow.signal })
}

function mimeOf(record: Fetchable): MimeData {
  const data = new MimeData()
  const cell = makeCell(record)
  data.setData(CELLS, [cell])
  data.setData('text/plain', cell.source)
  return data
}

function imageOf(record: Fetchable): HTMLElement {
  const image = document.createElement('div')
  image.className = 'petri-DragImage'
  image.textContent = `${record.code}  ${record.name}`
  return image
}
