import type { ReactElement } from 'react'
import { useOnline } from '../ui/hooks.ts'
import type { Outbox, Waiting } from './outbox.ts'

/** What has not reached the lab yet, and why. */
export function OutboxNotice({ outbox, waiting }: { outbox: Outbox; waiting: Waiting[] }): ReactElement | null {
  const online = useOnline()
  if (waiting.length === 0 && online) return null
  const refused = waiting.filter(item => item.refusal).length
  return (
    <div className={refused ? 'petri-Failure' : 'petri-Failure petri-mod-offline'} role="status">
      <p>
        {waiting.length > 0 && <strong>Waiting to be sent ({waiting.length}). </strong>}
        {refused > 0 ? 'The lab refused an act: see below. What stands on it waits with it; nothing is lost.'
          : online ? 'Sending…' : 'Offline. What you record is kept on this device and sent in order when the network is back.'}
      </p>
      {waiting.length > 0 && refused === 0 && <button className="petri-Button" onClick={() => void outbox.send()}>Send now</button>}
    </div>
  )
}
