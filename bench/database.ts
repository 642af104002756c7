import { Client } from 'pg'
import type { StackDescription } from '../hub/stack/description.ts'

/** A connection as the tables' owner, whom no policy holds back. */
export const asOwner = ({ databases }: StackDescription): Promise<Client> => connect(databases.migrator)

/** A connection that has taken on a person's role and claims, as PostgREST does for each request. */
export async function asPerson(stack: StackDescription, login: string): Promise<Client> {
  const claims = JSON.stringify({ sub: await idOf(stack, login), role: 'member', aud: 'petri', via: 'kernel' })
  const db = await connect(stack.databases.authenticator)
  await db.query('set role member')
  await db.query("select set_config('request.jwt.claims', $1, false)", [claims])
  return db
}

async function idOf(stack: StackDescription, login: string): Promise<string> {
  const owner = await asOwner(stack)
  const { rows } = await owner.query('select id from lab.people where login = $1', [login])
  await owner.end()
  return rows[0].id
}

async function connect(connectionString: string): Promise<Client> {
  const db = new Client({ connectionString })
  await db.connect()
  return db
}
