import { useEffect, useId, useRef, useState, type FormEvent, type ReactElement } from 'react'

export interface ScanWord { text: string; tone: 'good' | 'warn' | 'bad' }

/** Takes codes one after the other: a scanner types a code and presses Enter, as a person does. It keeps the focus. */
export function ScanBox({ label, placeholder, said, focused = false, onScan }: {
  label: string
  placeholder?: string
  /** What became of the last scan; read aloud. */
  said?: ScanWord
  focused?: boolean
  onScan(code: string): void
}): ReactElement {
  const [text, setText] = useState('')
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => void (focused && input.current?.focus()), [focused])
  const scan = (event: FormEvent): void => {
    event.preventDefault()
    const code = text.trim()
    setText('')
    input.current?.focus()
    if (code !== '') onScan(code)
  }
  return (
    <form className="petri-Scan" onSubmit={scan}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={input} id={id} className="petri-Input petri-mod-code" value={text} placeholder={placeholder} autoComplete="off" spellCheck={false}
        onChange={event => setText(event.target.value)}
      />
      <p className={`petri-Scan-said petri-mod-${said?.tone ?? 'quiet'}`} role="status">{said?.text}</p>
    </form>
  )
}
