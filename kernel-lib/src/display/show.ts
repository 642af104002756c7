import { Table } from 'apache-arrow'
import type { Analysis, Figure } from '../analysis/analysis.ts'
import type { Progress } from '../arrow/read.ts'
import { counted, escapeHtml } from './html.ts'
import { notebookDisplay, updatingDisplay } from './notebook.ts'
import { arrowHtml, rowsHtml } from './table.ts'

const PLOTLY = 'application/vnd.plotly.v1+json'

/** Shows a table, rows, a plotly figure or a registered analysis beneath the cell; elsewhere it is printed. */
export function show(what: Table | readonly object[] | Figure | Analysis | object): void {
  const display = notebookDisplay()
  if (!display) return console.log(what)
  if (isFigure(what)) display.raw(PLOTLY, { layout: {}, ...what })
  else display.html(toHtml(what))
}

/** What `show` displays, unless it is a figure: every text in it is escaped. */
export function toHtml(what: object): string {
  if (what instanceof Table) return arrowHtml(what)
  if (Array.isArray(what)) return rowsHtml(what)
  if (isAnalysis(what)) return analysisHtml(what)
  return rowsHtml([what])
}

function isFigure(what: object): what is Figure {
  return Array.isArray((what as Figure).data) && !(what instanceof Table)
}

function isAnalysis(what: object): what is Analysis {
  return 'code' in what && Array.isArray((what as Analysis).results)
}

function analysisHtml({ code, results }: Analysis): string {
  const items = results.map(result => `<li><code>${escapeHtml(result.code)}</code> ${escapeHtml(result.name)}</li>`)
  return `<p>Analysis <code>${escapeHtml(code)}</code>, ${counted(results.length, 'result')}:</p><ul>${items.join('')}</ul>`
}

const BETWEEN_UPDATES_MS = 100

/** For `onProgress`: shows how far a read is, in one line that changes. */
export function showProgress(label: string): (progress: Progress) => void {
  const display = updatingDisplay()
  const start = performance.now()
  let next = start
  return ({ rows, bytes }) => {
    const now = performance.now()
    if (now < next) return
    next = now + BETWEEN_UPDATES_MS
    display?.html(`<small>${escapeHtml(label)}: ${counted(rows, 'row')}, ${(bytes / 1e6).toFixed(1)} MB, ${((now - start) / 1000).toFixed(1)} s</small>`)
  }
}
