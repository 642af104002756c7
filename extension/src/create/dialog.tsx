import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { asPetriError, type PetriError } from '../session/error.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useLab } from '../ui/lab.ts'
import { Failure } from '../ui/states.tsx'
import { FORMS, problemsOf, refusedField, type Creatable, type FormField, type Option, type Values } from './forms.ts'

/** Makes a record: what is wrong stands at its field, and nothing typed is lost by a refusal. */
export function CreateDialog({ kind, given, onClose }: { kind: Creatable; given: Values; onClose(): void }): ReactElement {
  const { session, openRecord } = useLab()
  const form = FORMS[kind]
  const [values, setValues] = useState(given)
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<PetriError>()
  const [busy, setBusy] = useState(false)
  const key = useRef(crypto.randomUUID())
  const body = useRef<HTMLDivElement>(null)
  // Once sent, the first field that is wrong has the focus, so that it is also heard.
  const [sent, setSent] = useState(0)
  useEffect(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [sent])

  const change = (name: string, value: string): void => {
    setValues(now => ({ ...now, [name]: value }))
    setProblems(({ [name]: _, ...rest }) => rest)
    key.current = crypto.randomUUID() // another content is another act
  }
  const showProblems = (found: Record<string, string>): void => {
    setProblems(found)
    setSent(count => count + 1)
  }
  const save = async (): Promise<void> => {
    const found = problemsOf(form.fields, values)
    setRefusal(undefined)
    showProblems(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const { kind, id } = await form.save(session, trimmed(values), key.current)
      onClose()
      openRecord(kind, id)
    } catch (reason) {
      const error = asPetriError(reason)
      const field = refusedField(error, form.fields)
      if (field) showProblems({ [field]: [error.message, error.hint].filter(Boolean).join(' ') })
      else setRefusal(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={form.title} submit={busy ? 'Saving…' : form.submit} busy={busy} onSubmit={() => void save()} onCancel={onClose}>
      <div ref={body} className="petri-Create">
        {form.fields.map(field => (
          <FieldRow key={field.name} field={field} value={values[field.name] ?? ''} problem={problems[field.name]} onChange={value => change(field.name, value)} />
        ))}
      </div>
      {refusal && <Failure error={refusal} />}
    </Dialog>
  )
}

const trimmed = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''))

interface FieldProps { field: FormField; value: string; problem: string | undefined; onChange(value: string): void }

function FieldRow(props: FieldProps): ReactElement {
  const { field: { label, required, hint, narrow }, problem } = props
  const id = useId()
  return (
    <div className={`petri-Field ${narrow ? '' : 'petri-mod-wide'}`}>
      <label htmlFor={id}><span>{label}{!required && <em className="petri-Field-optional"> optional</em>}</span></label>
      <FieldControl {...props} id={id} />
      <p id={`${id}-note`} className={problem ? 'petri-Problem' : 'petri-Field-hint'} role={problem ? 'alert' : undefined}>{problem ?? hint}</p>
    </div>
  )
}

function FieldControl({ id, field, value, problem, onChange }: FieldProps & { id: string }): ReactElement {
  const common = {
    id, value, className: 'petri-Input', 'aria-invalid': problem !== undefined, 'aria-describedby': `${id}-note`, 'aria-required': field.required,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (field.kind === 'long') return <textarea {...common} rows={3} />
  if (field.kind === 'codes') return <textarea {...common} rows={2} className="petri-Input petri-mod-code" spellCheck={false} onKeyDown={scanned(value, onChange)} />
  if (field.kind === 'choice') return <Select field={field} common={common} onChange={onChange} />
  if (field.kind === 'suggest') return <Suggest field={field} common={common} />
  return <input {...common} inputMode={field.kind === 'number' ? 'decimal' : undefined} autoComplete="off" />
}

// A scanner ends each code with Enter: here it begins the next line, and Ctrl+Enter registers.
const scanned = (value: string, onChange: (value: string) => void) => (event: KeyboardEvent): void => {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  onChange(value === '' || value.endsWith('\n') ? value : `${value}\n`)
}

interface Common { id: string; value: string; className: string; onChange(event: { target: { value: string } }): void }

function Select({ field, common, onChange }: { field: FormField; common: Common; onChange(value: string): void }): ReactElement {
  const { options, problem } = useOptions(field)
  // The only choice is no question.
  useEffect(() => {
    if (field.required && common.value === '' && options?.length === 1) onChange(options[0]!.value)
  }, [options])
  // Never disabled: Tab would jump over it, and what is typed for it would land in the next field.
  return (
    <select {...common} aria-busy={options === undefined}>
      <option value="">{problem ?? (options === undefined ? 'Loading…' : '')}</option>
      {options?.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
    </select>
  )
}

function Suggest({ field, common }: { field: FormField; common: Common }): ReactElement {
  const { options } = useOptions(field)
  const list = `${common.id}-list`
  return (
    <>
      <input {...common} list={list} autoComplete="off" />
      <datalist id={list}>{options?.map(({ value }) => <option key={value} value={value} />)}</datalist>
    </>
  )
}

/** What the lab offers for a field. */
function useOptions(field: FormField): { options?: Option[]; problem?: string } {
  const { session } = useLab()
  const [state, setState] = useState<{ options?: Option[]; problem?: string }>({})
  useEffect(() => {
    field.options?.(session).then(options => setState({ options }), (error: unknown) => setState({ options: [], problem: asPetriError(error).message }))
  }, [field, session])
  return state
}
