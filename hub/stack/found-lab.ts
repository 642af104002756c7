import { Client } from 'pg'

/** The one person of a lab that begins empty: the admin, who registers the others. */
export const firstPerson = { login: 'admin', name: 'Lab admin', role: 'lab admin', lab: 'My lab' }

const sql = `
  with lab as (insert into lab.labs (id, lab_id, code, name) select id, id, 'LAB', $1 from uuidv7() id returning id),
    person as (insert into lab.people (lab_id, login, name) select id, $2, $3 from lab returning id, lab_id)
  insert into lab.memberships (lab_id, person_id, role) select lab_id, id, 'lab_admin' from person`

export async function foundLab(databaseUrl: string): Promise<void> {
  const db = new Client({ connectionString: databaseUrl })
  await db.connect()
  await db.query(sql, [firstPerson.lab, firstPerson.login, firstPerson.name]).finally(() => db.end())
}
