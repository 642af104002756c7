/** Prints the GraphQL schema of api_v1, in an order that does not depend on the database: for the drift check. */
import './graphile-env.ts'
import { writeFile } from 'node:fs/promises'
import { Pool } from 'pg'
import { makeSchema } from 'postgraphile'
import { lexicographicSortSchema, printSchema } from 'postgraphile/graphql'
import { describeGraphql } from './graphql.ts'

export async function printGraphqlSchema(databaseUrl: string): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 })
  try {
    const { schema } = await makeSchema(describeGraphql(pool))
    return `${printSchema(lexicographicSortSchema(schema))}\n`
  } finally {
    await pool.end()
  }
}

if (import.meta.main) {
  if (!process.env.PETRI_DATABASE_URL) throw new Error('PETRI_DATABASE_URL is not set: expected a connection URL of the role authenticator')
  const contract = await printGraphqlSchema(process.env.PETRI_DATABASE_URL)
  const file = process.argv[2]
  if (file) await writeFile(file, contract)
  else process.stdout.write(contract)
}
