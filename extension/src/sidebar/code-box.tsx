import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { useLab } from '../ui/lab.ts'
import type { SidebarModel } from './model.ts'

/** A scanner types the code and presses Enter, as a person does. */
export function CodeBox({ model }: { model: SidebarModel }): ReactElement {
  const { openRecord } = useLab()
  const [code, setCode] = useState('')
  const [error, setError] = useState<PetriError>()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (): void => input.current?.select()
    model.codeWanted.connect(focus)
    return () => void model.codeWanted.disconnect(focus)
  }, [model])
  const jump = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (code.trim() === '') return
    try {
      const { kind, id } = await model.findByCode(code)
      setCode('')
      setError(undefined)
      openRecord(kind, id)
    } catch (reason) {
      setError(asPetriError(reason))
      input.current?.select()
    }
  }
  return (
    <form className="petri-CodeBox" onSubmit={event => void jump(event)}>
      <input
        ref={input} className="petri-Input petri-mod-code" value={code} placeholder="Scan or type a code" aria-label="Scan or type a code"
        aria-invalid={error !== undefined} aria-describedby="petri-code-problem" autoComplete="off" spellCheck={false}
        onChange={event => { setCode(event.target.value); setError(undefined) }}
      />
      <p id="petri-code-problem" className="petri-Problem" role="alert">{error && `${error.message} ${error.hint ?? ''}`}</p>
    </form>
  )
}
