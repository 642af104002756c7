import type { Pool, QueryResultRow } from 'pg'
import type { Claims } from './signing-key.ts'

/** Refuses, in the law's words, a person who may not act (any more); the policies would only show nothing. */
export async function assertActive(pool: Pool, claims: Claims): Promise<void> {
  await asPerson(pool, claims, 'select private.check_request()', [])
}

/** Reads as this person: the same role, claims and policies that PostgREST would set. */
export async function asPerson<Row extends QueryResultRow>(pool: Pool, claims: Claims, query: string, values: unknown[]): Promise<Row[]> {
  const client = await pool.connect()
  try {
    await client.query('begin read only')
    await client.query(`select set_config('role', 'member', true), set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)])
    const { rows } = await client.query<Row>(query, values)
    await client.query('commit')
    client.release()
    return rows
  } catch (error) {
    client.release(true) // drops the connection, and the open transaction with it
    throw error
  }
}
