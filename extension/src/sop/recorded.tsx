import type { ReactElement, ReactNode } from 'react'
import { formatQuantity } from '../ui/format.ts'
import { Facts } from '../ui/record.tsx'
import type { Field } from './answers.ts'
import type { Answer } from './rows.ts'

/** What was recorded, in the words and units of the procedure. */
export function RecordedFields({ fields, recorded }: { fields: readonly Field[]; recorded: Record<string, Answer> }): ReactElement | null {
  if (fields.length === 0) return null
  return <Facts facts={fields.map(field => [field.label, show(recorded[field.key])] as const)} />
}

function show(answer: Answer | undefined): ReactNode {
  if (!answer) return null
  if (answer.not_obtained !== undefined) return <em>not obtained: {answer.not_obtained}</em>
  if (typeof answer.value === 'boolean') return answer.value ? 'yes' : 'no'
  return formatQuantity(answer.reported ?? String(answer.value), answer.unit)
}
