import { readFile } from 'node:fs/promises'
import type { Pool } from 'pg'
import type { PgSmartTagRule } from 'postgraphile/utils'

interface Key { view: string, name: string, is_primary: boolean, columns: string[] }
interface Reference {
  view: string
  name: string
  target: string
  columns: string[]
  target_columns: string[]
  /** Names that the view's own columns have. */
  taken: string[]
}
interface Catalog { keys: Key[], refs: Reference[], required: { view: string, column: string, has_default: boolean }[], media_functions: string[] }

/**
 * Tells PostGraphile which keys and relations the views have, read from the tables beneath them:
 * a new view needs nothing written here.
 */
export async function readKeys(pool: Pool): Promise<PgSmartTagRule[]> {
  const query = await readFile(new URL('graphql-keys.sql', import.meta.url), 'utf8')
  const { rows: [catalog] } = await pool.query<Catalog>(query)
  return [...describeViews(catalog!), ...describeColumns(catalog!), ...hideMediaFunctions(catalog!)]
}

export function describeViews({ keys, refs }: Catalog): PgSmartTagRule[] {
  const views = [...new Set(keys.map(key => key.view))]
  return views.map(view => {
    const primary = primaryKey(keys, view)
    const others = keys.filter(key => key.view === view && key.columns.join() !== primary.join() && !key.is_primary)
    const outgoing = refs.filter(ref => ref.view === view)
    return {
      kind: 'class',
      match: `api_v1.${view}`,
      tags: {
        primaryKey: primary.join(),
        unique: others.map(key => `${key.columns.join()}|@behavior -update -delete`),
        foreignKey: outgoing.map(ref => foreignKey(ref, primaryKey(keys, ref.target), outgoing)),
      },
    }
  })
}

// `id` is unique on its own although the table's key is (lab_id, id): the shortest key within the primary key.
function primaryKey(keys: Key[], view: string): string[] {
  const own = keys.filter(key => key.view === view)
  const primary = own.find(key => key.is_primary) ?? own.find(key => key.columns.join() === 'id') ?? own[0]!
  const within = own.filter(key => key.columns.every(column => primary.columns.includes(column)))
  return within.reduce((best, key) => key.columns.length < best.columns.length ? key : best, primary).columns
}

// (lab_id, project_id) → projects (lab_id, id) is said as (project_id) → projects (id), and named `project`.
function foreignKey(ref: Reference, targetKey: string[], siblings: Reference[]): string {
  const pairs = ref.columns.map((column, index) => [column, ref.target_columns[index]!] as const)
  const needed = pairs.filter(([, target]) => targetKey.includes(target))
  const used = needed.length === targetKey.length ? needed : pairs
  const spec = `(${used.map(pair => pair[0]).join()}) references api_v1.${ref.target} (${used.map(pair => pair[1]).join()})`
  const noun = /^(.+)_id$/.exec(used.at(-1)![0])?.[1]
  if (!noun) return spec
  const field = ref.taken.includes(noun) ? `${noun}_record` : noun
  const alone = siblings.filter(sibling => sibling.target === ref.target).length === 1
  const back = alone ? ref.view : `${ref.view}_by_${noun}`
  return `${spec}|@fieldName ${camelCase(field)}|@foreignFieldName ${camelCase(back)}`
}

// What is never null, and, of a new record, what need not be said since the table has a default.
function describeColumns({ required }: Catalog): PgSmartTagRule[] {
  return required.map(({ view, column, has_default }) =>
    ({ kind: 'attribute', match: `api_v1.${view}.${column}`, tags: { notNull: true, ...(has_default ? { hasDefault: true } : {}) } }))
}

// Functions that answer in a media type (Arrow pages) are for REST.
function hideMediaFunctions({ media_functions }: Catalog): PgSmartTagRule[] {
  return media_functions.map(name => ({ kind: 'procedure', match: `api_v1.${name}`, tags: { behavior: '-*' } }))
}

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
