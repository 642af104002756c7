import type { Person } from '../session/types.ts'
import type { Field } from './answers.ts'

export interface Run {
  id: string
  code: string
  name: string
  status: 'running' | 'completed' | 'aborted'
  sop: string
  sop_title: string
  sop_version: number
  experiment_id: string | null
  created_at: string
}

/** What was recorded for a field. */
export interface Answer {
  value?: unknown
  unit?: string
  reported?: string
  not_obtained?: string
}

export interface Step {
  id: string
  key: string
  ordinal: number
  kind: 'manual' | 'measurement' | 'approval'
  title: string
  instructions: string
  role: string
  fields: Field[]
  needs: string[]
  state: 'waiting' | 'ready' | 'completed'
  recorded: Record<string, Answer> | null
  happened_at: string | null
  recorded_by_name: string | null
}

export interface Deviation {
  id: string
  run_step_id: string
  field: string | null
  grade: Grade
  rule: string
  description: string
  status: string
}

export const GRADES = ['note', 'warning', 'deviation'] as const
export type Grade = (typeof GRADES)[number]

export interface Signature {
  id: string
  record_id: string
  printed_name: string
  meaning: string
  signed_at: string
  content_sha256: string
}

export interface RunSample {
  id: string
  sample_id: string
  sample: string
  sample_name: string
}

/** All that the panel shows of a run, read at one time. */
export interface RunPicture {
  person: Person
  run: Run
  samples: RunSample[]
  steps: Step[]
  deviations: Deviation[]
  signatures: Signature[]
}
