import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import pg from 'pg'
import { cast, makeCast, type Person, type Tokens } from './policy-matrix-cast.ts'
import { Graphql } from './policy-matrix-graphql.ts'
import { Rest, type Outcome, type Target } from './policy-matrix-rest.ts'
import { functions, views, type FunctionLine, type ViewLine } from './policy-matrix.ts'
import { readStack } from './stack.ts'

const file = 'tests/http/policy-matrix.ts'
const db = new pg.Client({ connectionString: readStack().databases.migrator })
await db.connect()
after(() => db.end())

const exposed = await readExposed()
const named = { view: names(views), function: names(functions) }
const tokens: Tokens = await makeCast(db)
await db.query(readFileSync(new URL('policy-matrix-rows.sql', import.meta.url), 'utf8'))
const graphql = await Graphql.describedTo(tokens.technician!)
const targets = new Map<string, Target>()
for (const [name, line] of Object.entries(views)) if (exposed.view.includes(qualified(name))) targets.set(name, await findTarget(name, line))

for (const kind of ['view', 'function'] as const) {
  describe(`the policy matrix and every exposed ${kind}`, () => {
    for (const name of exposed[kind].filter((name) => !named[kind].includes(name))) {
      test(name, () => assert.fail(`${name} has no line in the policy matrix: add \`${lineFor(kind, name)}\` to \`${kind}s\` in ${file}`))
    }
    for (const name of named[kind].filter((name) => !exposed[kind].includes(name))) {
      test(name, () => assert.fail(`${name} is not exposed any more: take its line out of \`${kind}s\` in ${file}`))
    }
    test(`are the same ${exposed[kind].length}`, () => assert.deepEqual(named[kind].toSorted(), exposed[kind]))
  })
}

for (const [name, line] of Object.entries(views).filter(([name]) => targets.has(name))) {
  describe(`the view ${name}`, { concurrency: true }, () => {
    const [schema, view] = split(name)
    const rest = new Rest(schema)
    const target = targets.get(name)!
    const copy = { ...target.copy, ...line.spoiled }

    test('has a row to be asked about', () => assert.ok(target.row[target.key], missingRow(name)))
    test('is read over REST by whom the matrix names', () => expectOf(line.reads, (token) => rest.reads(token, view, target)))
    test('takes rows over REST from whom the matrix names', () => expectOf(line.inserts, (token) => rest.inserts(token, view, copy)))
    test('is edited over REST by whom the matrix names', () => expectOf(line.updates, (token) => rest.updates(token, view, target)))
    test('gives nothing to delete', () => expectOf('', (token) => rest.deletes(token, view, target)))

    if (schema !== 'api_v1' || line.restOnly) return
    if (!graphql.hasView(view)) return void test('is in GraphQL', () => assert.fail('it is not: say why with `restOnly`'))
    test('is read over GraphQL by the same', () => expectOf(line.reads, (token) => graphql.reads(token, view, target)))
    for (const act of ['create', 'update', 'delete'] as const) {
      const may = act === 'create' ? line.inserts : act === 'update' ? line.updates : undefined
      if (!graphql.hasMutation(act, view)) {
        test(`has no way to ${act} in GraphQL, since nobody may`, () => assert.equal(may ?? '', ''))
      } else if (act !== 'delete') {
        test(`${act}s over GraphQL for the same`, () => expectOf(may, (token) => act === 'create' ? graphql.inserts(token, view, copy) : graphql.updates(token, view, target)))
      }
    }
  })
}

for (const [name, line] of Object.entries(functions).filter(([name]) => exposed.function.includes(qualified(name)))) {
  describe(`the function ${name}`, { concurrency: true }, () => {
    const [schema, plain] = split(name)
    const of = (view: string) => targets.get(view)!.row
    const [args, about] = [line.with?.(of) ?? {}, line.about?.(of) as string | undefined]
    test('is called over REST by whom the matrix names', () => expectOf(line.calls, (token) => new Rest(schema).calls(token, plain, args, about)))
    if (schema !== 'api_v1' || line.restOnly) return
    if (!graphql.hasFunction(plain)) return void test('is in GraphQL', () => assert.fail('it is not: say why with `restOnly`'))
    test('is called over GraphQL by the same', () => expectOf(line.calls, (token) => graphql.calls(token, plain, args, about)))
  })
}

test('whoever asked, no record was changed or deleted by it', async () => {
  for (const [name, { key, row }] of targets) {
    const [now] = await readAs(reader(views[name]!), `select to_jsonb(v) as row from ${qualified(name)} v where ${key} = $1 order by to_jsonb(v) = $2 desc limit 1`, [row[key], row])
    assert.deepEqual(now, row, name)
  }
})

/** Asks each of the cast, and compares who may with whom the matrix names; nobody and the deactivated are told what they are. */
async function expectOf(may: string | undefined, ask: (token: string | null) => Promise<Outcome>): Promise<void> {
  const allowed = (may ?? '').split(' ')
  const expected = Object.fromEntries(cast.map((person) => [person, denialOf[person] ?? (allowed.includes(person) ? 'yes' : 'no')]))
  const answers = await Promise.all(cast.map(async (person) => [person, await ask(tokens[person])] as const))
  assert.deepEqual(Object.fromEntries(answers), expected)
}

const denialOf: Partial<Record<Person, Outcome>> = { anonymous: 'not signed in', deactivated: 'not active' }

async function readExposed(): Promise<Record<'view' | 'function', string[]>> {
  const { rows } = await db.query<{ kind: 'view' | 'function', name: string }>(`
    select 'view' as kind, n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname ~ '^api_' and c.relkind in ('v', 'm', 'r', 'p', 'f')
    union
    select 'function', n.nspname || '.' || p.proname
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname ~ '^api_' and p.prokind = 'f'
    order by 2`)
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.name)
  return { view: of('view'), function: of('function') }
}

/** The first row that the first one who may read sees; of the projects asked about, where the view tells the project. */
async function findTarget(name: string, line: ViewLine): Promise<Target> {
  const { rows: columns } = await db.query<{ name: string, takes: boolean }>(
    `select attname as name, pg_column_is_updatable(attrelid, attnum, false) as takes from pg_attribute
     where attrelid = $1::regclass and attnum > 0 order by attname <> 'id', attnum`, [qualified(name)])
  const key = columns[0]!.name
  const inProject = columns.some((column) => column.name === 'project_id') ? `project_id in (select id from api_v1.projects where code in ('ENZ', 'IMM'))` : 'true'
  const [row] = await readAs(reader(line), `select to_jsonb(v) as row from ${qualified(name)} v where ${inProject} and ${line.where ?? 'true'} order by ${key} limit 1`)
  return { key, row: row ?? {}, copy: copyOf(row ?? {}, columns.filter(({ takes }) => takes).map((column) => column.name)) }
}

function reader({ reads }: ViewLine): Person {
  return reads.split(' ')[0] as Person
}

/** Rows as JSON has them, so that they can be sent and compared. */
async function readAs(person: Person, query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  await db.query('begin')
  try {
    await become(person)
    return (await db.query<{ row: Record<string, unknown> }>(query, values)).rows.map(({ row }) => row)
  } finally {
    await db.query('rollback')
  }
}

async function become(person: Person): Promise<void> {
  await db.query(`select set_config('request.jwt.claims', json_build_object('sub', id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
    from lab.people where login = 'matrix-' || $1`, [person])
  await db.query('set local role member')
}

/** What the database computes or stamps cannot be sent. */
function copyOf(row: Record<string, unknown>, columns: string[]): Record<string, unknown> {
  const stamped = ['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by']
  return Object.fromEntries(columns.filter((name) => !stamped.includes(name)).map((name) => [name, row[name]]))
}

function names(lines: Record<string, ViewLine | FunctionLine>): string[] {
  return Object.keys(lines).map(qualified)
}

function qualified(name: string): string {
  return name.includes('.') ? name : `api_v1.${name}`
}

function split(name: string): [schema: string, name: string] {
  return qualified(name).split('.') as [string, string]
}

const lineFor = (kind: 'view' | 'function', name: string): string => {
  const short = name.replace(/^api_v1\./, '')
  const key = short.includes('.') ? `'${short}'` : short
  return kind === 'view' ? `${key}: { reads: project },` : `${key}: { calls: project, with: (of) => ({ … }) },`
}

const missingRow = (name: string): string =>
  `${name} has no row of ENZ or IMM that the first one named sees, so nothing shows that others do not: make one in tests/http/policy-matrix-rows.sql`
