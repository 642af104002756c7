import type { ReactElement } from 'react'

/** How each status of a record looks; the words are the database's. */
const TONES: Record<string, 'good' | 'busy' | 'warn' | 'quiet' | 'bad'> = {
  available: 'good', effective: 'good', completed: 'good', finished: 'good', released: 'good', reviewed: 'good', verified: 'good', closed: 'good',
  running: 'busy', planned: 'busy', ready: 'busy', 'waiting to be sent': 'warn', refused: 'bad', preliminary: 'busy', granted: 'busy', stored: 'busy', open: 'busy', warning: 'warn',
  received: 'good', ticked: 'busy', 'marked missing': 'warn', 'ticked, unexpected': 'warn', 'received, unexpected': 'warn', arrived: 'busy', announced: 'quiet', awaited: 'quiet', missing: 'bad',
  aborted: 'bad', invalidated: 'bad', rejected: 'bad', deviation: 'bad',
}

const toneOf = (status: string): string => TONES[status] ?? 'quiet'

export function Status({ status }: { status: string }): ReactElement {
  return <span className={`petri-Status petri-mod-${toneOf(status)}`}>{status}</span>
}

export function StatusDot({ status }: { status: string }): ReactElement {
  return <span className={`petri-Dot petri-mod-${toneOf(status)}`} role="img" aria-label={status} title={status} />
}
