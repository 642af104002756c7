/** A typed field of a step, as the SOP version defines it. */
export interface Field {
  key: string
  label: string
  type: 'number' | 'text' | 'choice' | 'boolean' | 'sample'
  unit?: string
  required?: boolean
  /** Outside of [low, high] a value is recorded and opens a deviation. */
  low?: number
  high?: number
  choices?: string[]
}

/** What stands in the inputs of a field: a value as typed, or why there is none. */
export interface FieldDraft {
  text: string
  /** Set: the value was not obtained, for this reason. */
  reason?: string
}

export type Draft = Record<string, FieldDraft>
export type Answers = Record<string, { value: unknown; unit?: string; reported?: string } | { not_obtained: string }>

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const DECIMAL_COMMA = /^[+-]?\d*,\d+$/

/** What a field cannot be sent with; the database would refuse the same. */
export function problemOf(field: Field, draft: FieldDraft | undefined): string | undefined {
  if (draft?.reason !== undefined) return draft.reason.trim() === '' ? 'Say why it was not obtained.' : undefined
  const text = draft?.text.trim() ?? ''
  if (text === '') return field.required ? 'Required. Give a value, or say “not obtained” with a reason.' : undefined
  if (field.type === 'number' && !NUMBER.test(text)) return `“${text}” is not a number${unitOf(field) && ` in ${field.unit}`}.`
  return undefined
}

/** The number meant by `1,5`, to be asked about and never guessed. */
export function decimalCommaOf(field: Field, draft: FieldDraft | undefined): string | undefined {
  const text = draft?.text.trim() ?? ''
  return field.type === 'number' && DECIMAL_COMMA.test(text) ? text.replace(',', '.') : undefined
}

/** What will be recorded, but opens a deviation. */
export function warningOf(field: Field, draft: FieldDraft | undefined): string | undefined {
  if (draft?.reason !== undefined || field.type !== 'number') return undefined
  const text = draft?.text.trim() ?? ''
  if (!NUMBER.test(text)) return undefined
  const value = Number(text)
  const outside = (field.low !== undefined && value < field.low) || (field.high !== undefined && value > field.high)
  return outside ? `Outside ${rangeOf(field)}. It can be recorded, and opens a deviation.` : undefined
}

/** `4.9 to 5.1 mL`, `at least 2 min`, or nothing. */
export function rangeOf({ low, high, unit }: Field): string {
  if (low === undefined && high === undefined) return ''
  const limits = high === undefined ? `at least ${low}` : low === undefined ? `at most ${high}` : `${low} to ${high}`
  return unit && unit !== '1' ? `${limits} ${unit}` : limits
}

const unitOf = (field: Field): string => field.unit && field.unit !== '1' ? field.unit : ''

/** The draft as the database takes it; empty optional fields are left out. */
export function answersOf(fields: readonly Field[], draft: Draft): Answers {
  const answers: Answers = {}
  for (const field of fields) {
    const { text = '', reason } = draft[field.key] ?? {}
    if (reason !== undefined) answers[field.key] = { not_obtained: reason.trim() }
    else if (text.trim() !== '') answers[field.key] = answerOf(field, text.trim())
  }
  return answers
}

function answerOf(field: Field, text: string): Answers[string] {
  if (field.type === 'number') return { value: Number(text), unit: field.unit ?? '1', reported: text }
  if (field.type === 'boolean') return { value: text === 'yes' }
  return { value: text }
}

/** The draft that an act was made of, to be corrected after a refusal. */
export function draftOf(answers: Answers): Draft {
  return Object.fromEntries(Object.entries(answers).map(([key, answer]) => {
    if ('not_obtained' in answer) return [key, { text: '', reason: answer.not_obtained }]
    const { value, reported } = answer
    return [key, { text: reported ?? (typeof value === 'boolean' ? value ? 'yes' : 'no' : String(value)) }]
  }))
}
