import type { Table } from 'apache-arrow'
import { PetriError } from '../petri-error.ts'
import type { Session } from '../session/session.ts'
import type { Plan } from '../tables/plan.ts'
import { queryTable } from '../tables/query.ts'
import { hashPages, recallServed } from './served.ts'

/** One input of an analysis, as it is registered. */
export interface Input {
  query: Plan
  row_count: number
  sha256: string
  position: number
  sample_ids: string[]
}

/** @throws PetriError for a table that the lab did not serve */
export async function describeInput(session: Session, table: Table): Promise<Input> {
  const served = recallServed(table)
  if (!served) {
    throw new PetriError('An input is not a table as the lab served it.', {
      code: 'unknown_input', hint: 'Give the table that .arrow() returned, before any change to it.',
    })
  }
  const positions = served.pages.map(page => page.position ?? 0)
  return {
    query: served.plan,
    row_count: served.rowCount,
    sha256: await hashPages(served.pages),
    // All pages together are only as new as the oldest of them.
    position: Math.min(...positions),
    sample_ids: await samplesOf(session, table),
  }
}

async function samplesOf(session: Session, table: Table): Promise<string[]> {
  const ids = distinct(table, 'sample_id')
  if (ids.length > 0) return ids
  const codes = distinct(table, 'sample')
  if (codes.length === 0) return []
  const samples = await queryTable(session, 'samples').where({ code: codes }).select('id').rows()
  return samples.map(({ id }) => id)
}

function distinct(table: Table, column: string): string[] {
  const values = table.getChild(column)
  return values ? [...new Set(values as Iterable<string | null>)].filter((value): value is string => value !== null).sort() : []
}
