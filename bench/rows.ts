import { PostgrestClient } from '@supabase/postgrest-js'
import { tableFromJSON, type Table } from 'apache-arrow'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { StackDescription } from '../hub/stack/description.ts'
import type { Bench } from './bench.ts'
import { openLab } from './client.ts'
import { describeColumns } from './content.ts'
import { readTuples } from './copy-binary.ts'
import { asPerson } from './database.ts'
import { signIn, type Person } from './person.ts'
import type { Contender, Work } from './race.ts'

const columns = ['id', 'sample', 'level', 'value'] as const

/** A million synthetic measurements, each a key, a code and two numbers, as the table that a notebook works on. */
export const rows: Bench = {
  does: 'all synthetic measurements, four columns, into an Arrow table, as an analyst',
  async open(stack) {
    const person = await signIn(stack, 'dina')
    const { measurements } = await openLab(stack, person)
    const db = await asPerson(stack, 'dina')
    return {
      races: [{
        contenders: [ours(measurements), postgrestJs(stack, person), copy(db)],
        questions: [
          { name: 'rows.arrow', top: 'postgrest-js + tableFromJSON', bottom: 'ours', target: { atLeast: 6 } },
          { name: 'rows.copy', top: 'ours', bottom: 'COPY binary', target: { atMost: 2.5 } },
        ],
      }],
      close: () => db.end(),
    }
  },
}

function ours(measurements: Awaited<ReturnType<typeof openLab>>['measurements']): Contender {
  const query = measurements.where({ measurand: 'signal' }).select(...columns)
  return {
    name: 'ours',
    async run() {
      const table = await query.arrow()
      return () => describeTable(table as unknown as Table)
    },
  }
}

/** The way that the library's documentation leads to: typed objects, page by page from the last key on. */
function postgrestJs({ urls }: StackDescription, person: Person): Contender {
  const client = new PostgrestClient(urls.rest, { schema: 'api_v1', fetch: withToken(person) })
  const page = (after: string) =>
    client.from('measurements').select(columns.join()).eq('measurand', 'signal').gt('id', after).order('id').limit(pageRows)
  return {
    name: 'postgrest-js + tableFromJSON',
    async run() {
      const objects: Record<string, unknown>[] = []
      let after = '00000000-0000-0000-0000-000000000000'
      while (objects.length % pageRows === 0) {
        const { data } = await page(after).throwOnError()
        const got = data as unknown as { id: string }[]
        if (got.length === 0) break
        for (const row of got) objects.push(row)
        after = got.at(-1)!.id
      }
      const table = tableFromJSON(objects)
      return () => describeTable(table)
    },
  }
}

const pageRows = 50_000

/** The floor: rows as PostgreSQL itself writes them, over a connection that no person has, left undecoded. */
function copy(db: Client): Contender {
  const text = `copy (select ${columns.join()} from api_v1.measurements where measurand = 'signal' order by id) to stdout (format binary)`
  return {
    name: 'COPY binary',
    async run() {
      const chunks: Buffer[] = []
      for await (const chunk of db.query(copyTo(text))) chunks.push(chunk as Buffer)
      return () => describeColumns(transpose(readTuples(Buffer.concat(chunks), ['uuid', 'text', 'float8', 'float8'])))
    },
  }
}

function withToken(person: Person): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${await person.accessToken()}`)
    return fetch(input, { ...init, headers })
  }
}

const describeTable = (table: Table): Work => describeColumns(Object.fromEntries(columns.map((name) => [name, table.getChild(name)!])))

const transpose = (tuples: unknown[][]) => Object.fromEntries(columns.map((name, at) => [name, tuples.map((tuple) => tuple[at])]))
