import type { Client } from 'pg'
import type { Bench } from './bench.ts'
import { describeColumns } from './content.ts'
import { asOwner, asPerson } from './database.ts'
import type { Contender, Race } from './race.ts'

/**
 * What the row policies cost: a person's queries as shipped, against the tables' owner running the same query with the
 * projects that the person may see written by hand.
 */
export const policy: Bench = {
  does: 'queries under row policies ÷ the same queries by the owner, the visible projects written by hand',
  async open(stack) {
    const [owner, person] = await Promise.all([asOwner(stack), asPerson(stack, 'dina')])
    const visible = (await person.query('select id from api_v1.projects')).rows.map((row) => row.id)
    const ids = await sampleIds(owner, visible)
    const sides = { owner, person, visible }
    const each = ids.map((id) => [id])
    return {
      races: [
        race('policy.list', 1.3, 'where m.id > $1', 'order by m.id limit 50', each, sides),
        race('policy.detail', 1.3, 'where m.id = $1', '', each, sides),
        race('policy.count', 5, 'where m.synthetic = $1', '', [[true]], sides, 'count(*)::float8 as rows'),
      ],
      close: async () => void (await Promise.all([owner.end(), person.end()])),
    }
  },
}

interface Sides {
  owner: Client
  person: Client
  visible: string[]
}

function race(name: string, atMost: number, where: string, rest: string, asked: unknown[][], sides: Sides, columns = 'm.id, m.sample, m.measurand, m.value, m.unit'): Race {
  const query = (condition: string) => `select ${columns} from api_v1.measurements m ${where} ${condition} ${rest}`
  const byHand = asked.map((values) => [...values, sides.visible])
  return {
    contenders: [
      contender('ours', sides.person, { name, text: query('') }, asked),
      contender('by hand', sides.owner, { name, text: query('and m.project_id = any ($2::uuid[])') }, byHand),
    ],
    questions: [{ name, top: 'ours', bottom: 'by hand', target: { atMost } }],
  }
}

/** The query once for each of `asked`, one after the other, as prepared statements: so PostgREST runs them too. */
function contender(name: string, db: Client, statement: { name: string; text: string }, asked: unknown[][]): Contender {
  return {
    name,
    async run() {
      const rows: Record<string, unknown>[] = []
      for (const values of asked) rows.push(...(await db.query({ ...statement, values })).rows)
      return () => describeColumns(columnsOf(rows))
    },
  }
}

const columnsOf = (rows: Record<string, unknown>[]) =>
  Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, rows.map((row) => row[name])]))

/** 200 of the visible measurements, spread over all of them. */
async function sampleIds(owner: Client, visible: string[]): Promise<string[]> {
  const { rows } = await owner.query(
    `select id from (select id, row_number() over (order by id) as n, count(*) over () as all_rows
                     from lab.measurements where project_id = any ($1)) m
     where n % (all_rows / 201) = 0 limit 200`, [visible])
  return rows.map((row) => row.id)
}
