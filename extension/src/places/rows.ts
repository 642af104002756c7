export interface Place {
  id: string
  parent_id: string | null
  kind: string
  code: string
  name: string
  row_count: number | null
  column_count: number | null
  temperature: number | null
  version: number
  created_at: string
}

/** One position of a place's grid. */
export interface Position {
  at_position: string
  row_number: number
  column_number: number
  state: 'held' | 'taken' | 'free'
  material_id: string | null
  code: string | null
  name: string | null
  sample_type: string | null
  status: string | null
  /** Whom to ask about what one may not see. */
  ask: string | null
}

export interface PathStep { depth: number; id: string; kind: string; code: string; name: string }
