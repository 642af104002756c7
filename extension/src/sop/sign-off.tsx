import { useEffect, useRef, useState, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { useOnline } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { Failure } from '../ui/states.tsx'
import type { StepProps } from './step.tsx'

const MEANINGS = ['approved', 'reviewed', 'verified', 'witnessed'] as const

/** Asks to sign, and opens the gateway's page on which the person proves who they are. This page never sees the password. */
export function SignOff({ step, picture: { run }, onChanged, outbox }: StepProps): ReactElement {
  const { session } = useLab()
  const online = useOnline()
  const [meaning, setMeaning] = useState<string>('approved')
  const [error, setError] = useState<PetriError>()
  const signing = useClosing(onChanged)
  const ready = step.state === 'ready' && outbox.of(run.id).length === 0
  const sign = async (): Promise<void> => {
    // Opened within the click, or the browser takes it for a pop-up of somebody else.
    const page = window.open('about:blank', `petri-sign-${run.id}`, 'popup,width=720,height=800')
    try {
      const { sign_path } = await session.call<{ sign_path: string }>('request_signature', { run_id: run.id, step: step.key, meaning })
      setError(undefined)
      if (page) page.location.href = session.baseUrl + sign_path
      signing.follow(page)
    } catch (reason) {
      page?.close()
      setError(asPetriError(reason))
    }
  }
  return (
    <div className="petri-SignOff">
      <label className="petri-Field"><span>Meaning of the signature</span>
        <select className="petri-Input" value={meaning} onChange={event => setMeaning(event.target.value)}>
          {MEANINGS.map(meaning => <option key={meaning}>{meaning}</option>)}
        </select>
      </label>
      <button className="petri-Button petri-mod-primary" disabled={!online || !ready} onClick={() => void sign()}>Sign…</button>
      {!online && <p className="petri-State">Signing needs the network.</p>}
      {online && !ready && <p className="petri-State">Signing waits until everything before it has been sent.</p>}
      {signing.open && <p className="petri-State" role="status">Sign in the window that opened; this page follows by itself.</p>}
      {error && <Failure error={error} />}
    </div>
  )
}

const LOOK_MS = 500

/** Follows the signing window, and reads the run again when it is closed. */
function useClosing(onClosed: () => void): { open: boolean; follow(page: Window | null): void } {
  const [page, setPage] = useState<Window | null>(null)
  const closed = useRef(onClosed)
  closed.current = onClosed
  useEffect(() => {
    if (!page) return
    const timer = setInterval(() => {
      if (!page.closed) return
      setPage(null)
      closed.current()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [page])
  return { open: page !== null, follow: setPage }
}
