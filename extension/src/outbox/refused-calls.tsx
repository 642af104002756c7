import type { ReactElement } from 'react'
import type { CallAct, Outbox, Waiting } from './outbox.ts'

/** Acts that the lab refused: its words, what is wrong with each item, and the way out. */
export function RefusedCalls({ outbox, waiting, onWithdraw }: { outbox: Outbox; waiting: Waiting<CallAct>[]; onWithdraw?(act: CallAct): void }): ReactElement {
  const withdraw = (act: CallAct): void => {
    outbox.withdraw(act.key)
    onWithdraw?.(act)
  }
  return (
    <>
      {waiting.map(({ act, refusal }) => refusal && (
        <div key={act.key} className="petri-Failure" role="alert">
          <div>
            <p><strong>{refusal.message}</strong> {refusal.hint}</p>
            <ul>{problemsOf(refusal.details).map(({ item, code, problem }) => <li key={item}><span className="petri-Code">{code}</span> {problem}</li>)}</ul>
          </div>
          <button type="button" className="petri-Button" onClick={() => withdraw(act)}>Withdraw</button>
        </div>
      ))}
    </>
  )
}

interface Problem { item: number; code: string; problem: string }

const problemsOf = (details: unknown): Problem[] =>
  Array.isArray(details) ? details.filter((row): row is Problem => typeof (row as Problem | null)?.problem === 'string').slice(0, 20) : []
