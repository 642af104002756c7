const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that a page shows as it is. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!)
}

export interface HtmlColumn {
  name: string
  /** Shown small beneath the name: type, unit. */
  note: string
}

/** A table with a caption; cells are text, and too long ones are cut. */
export function tableHtml(columns: HtmlColumn[], rows: string[][], caption: string): string {
  const head = columns.map(({ name, note }) => `<th>${escapeHtml(name)}<br><small>${escapeHtml(note)}</small></th>`)
  const body = rows.map(cells => `<tr>${cells.map(cell => `<td>${escapeHtml(cut(cell))}</td>`).join('')}</tr>`)
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table><p><small>${escapeHtml(caption)}</small></p>`
}

const MOST_CHARACTERS = 200

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

/** `1,234 rows`, `1 row` */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
