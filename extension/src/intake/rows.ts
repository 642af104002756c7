/** Rows of the API that intake shows: only the columns it reads. */
export interface Shipment {
  id: string
  project_id: string
  code: string
  name: string
  sender: string
  reference: string | null
  expected_on: string | null
  status: 'announced' | 'arrived' | 'closed'
  listed_count: number
  awaited_count: number
  received_count: number
  missing_count: number
  unexpected_count: number
  arrived_at: string | null
  closed_at: string | null
  closing_reason: string | null
}

export interface Item {
  id: string
  ordinal: number
  sender_code: string
  name: string
  sample_type: string
  amount: number | null
  amount_unit: string | null
  expected: boolean
  outcome: 'awaited' | 'received' | 'missing'
  condition: Condition | null
  condition_note: string | null
  received_by_name: string | null
  received_at: string | null
  sample_id: string | null
  sample: string | null
}

export interface Difference { item_id: string; sender_code: string; name: string; kind: string; description: string }

/** How a tube can arrive; the words are the database's. */
export const CONDITIONS = ['good', 'thawed', 'warm', 'leaking', 'broken', 'empty', 'unlabelled', 'other'] as const
export type Condition = (typeof CONDITIONS)[number]
