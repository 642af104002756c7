import type { ReactElement } from 'react'
import type { Outbox, Waiting } from '../outbox/outbox.ts'

/** A refused act: the lab's words, and the way out. */
export function RefusedAct({ item: { act, refusal }, outbox }: { item: Waiting; outbox: Outbox }): ReactElement {
  return (
    <div className="petri-Failure" role="alert">
      <p><strong>{refusal?.message}</strong> {refusal?.hint}</p>
      <button type="button" className="petri-Button" onClick={() => outbox.withdraw(act.key)}>Withdraw</button>
    </div>
  )
}
