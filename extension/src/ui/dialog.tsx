import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { LabContext, type Lab } from './lab.ts'

/** Shows a view above JupyterLab until it closes; the focus then returns to where it was. */
export function showDialog(lab: Lab, view: (close: () => void) => ReactElement): Promise<void> {
  const before = document.activeElement
  const host = document.createElement('div')
  host.className = 'petri-Widget petri-DialogHost'
  document.body.append(host)
  const root = createRoot(host)
  return new Promise(resolve => {
    const close = (): void => {
      root.unmount()
      host.remove()
      if (before instanceof HTMLElement) before.focus()
      resolve()
    }
    root.render(<LabContext.Provider value={lab}>{view(close)}</LabContext.Provider>)
  })
}

/** A modal form: Enter submits, Escape cancels, the first field has the focus. Its keys are its own, not JupyterLab's shortcuts. */
export function Dialog({ title, submit, busy = false, wide = false, children, actions, onSubmit, onCancel }: {
  title: string
  /** The word on the button that does it. */
  submit: string
  busy?: boolean
  wide?: boolean
  children: ReactNode
  /** Further buttons, at the left. */
  actions?: ReactNode
  onSubmit(): void
  onCancel(): void
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    const first = dialog.current?.querySelector<HTMLElement>('[data-petri-first], input, select, textarea')
    first?.focus()
  }, [])
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!busy) onSubmit()
  }
  // JupyterLab's shortcuts stay out, and Enter in a list submits, as it does in any other field: Space opens it.
  const keep = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return
    event.preventDefault()
    event.target.form?.requestSubmit()
  }
  return (
    <dialog
      ref={dialog} className={`petri-Dialog ${wide ? 'petri-mod-wide' : ''}`} aria-label={title}
      onCancel={event => { event.preventDefault(); onCancel() }} onKeyDown={keep}
    >
      <form onSubmit={send} noValidate>
        <h2>{title}</h2>
        {children}
        <div className="petri-Dialog-actions">
          {actions}
          <button type="button" className="petri-Button" onClick={onCancel}>Cancel</button>
          <button className="petri-Button petri-mod-primary" disabled={busy}>{submit}</button>
        </div>
      </form>
    </dialog>
  )
}
