import type { Pool } from 'pg'
import { Refusal } from './refusal.ts'

export interface Person {
  id: string
  login: string
  name: string
  lab_id: string
  roles: string[]
}

/** Who this login is in the lab. @throws Refusal 403 when unknown or deactivated. */
export async function identifyPerson(pool: Pool, login: string): Promise<Person> {
  const { rows: [row] } = await pool.query<Person & { active: boolean }>('select * from private.identify_person($1)', [login])
  if (!row) throw new Refusal(403, `${login} is not known here`, 'Ask a lab admin to register you.')
  const { active, ...person } = row
  if (!active) throw new Refusal(403, `${person.name} has been deactivated`, 'Ask a lab admin.')
  return person
}
