import type { Pool, QueryResultRow } from 'pg'
import type { Claims } from './signing-key.ts'

/** Reads as this person: with the role, claims, policies and first check that PostgREST would apply. @throws the law's refusal */
export async function asPerson<Row extends QueryResultRow>(pool: Pool, claims: Claims, query: string, values: unknown[]): Promise<Row[]> {
  const client = await pool.connect()
  try {
    await client.query('begin read only')
    await client.query(`select set_config('role', 'member', true), set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)])
    await client.query('select private.check_request()')
    const { rows } = await client.query<Row>(query, values)
    await client.query('commit')
    client.release()
    return rows
  } catch (error) {
    client.release(true) // drops the connection, and the open transaction with it
    throw error
  }
}

/** Refuses, in the law's words, a person who may not act (any more): the policies alone would show nothing, and say nothing. */
export async function assertActive(pool: Pool, claims: Claims): Promise<void> {
  await asPerson(pool, claims, 'select', [])
}
