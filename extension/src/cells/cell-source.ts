/** A record that a cell can fetch. */
export interface Fetchable {
  kind: string
  code: string
  name: string
}

/** Kinds that a cell can fetch: the client's table, and the variable it is put into. */
const TABLES: Record<string, { table: string; variable: string }> = {
  sample: { table: 'samples', variable: 'sample' },
  experiment: { table: 'experiments', variable: 'experiment' },
  sop_run: { table: 'sop_runs', variable: 'run' },
  plate: { table: 'plates', variable: 'plate' },
  result: { table: 'results', variable: 'result' },
}

export const isFetchable = (kind: string): boolean => Object.hasOwn(TABLES, kind)

/** TypeScript that fetches a record: `const sample = await lab.samples.where({ code: 'S-…' }).first()`. */
export function cellSource({ kind, code, name }: Fetchable): string {
  const target = TABLES[kind]
  if (!target) throw new Error(`no cell fetches a ${kind}: expected one of ${Object.keys(TABLES).join(', ')}`)
  // The name is a person's free text: on one line it cannot end the comment and become code.
  const comment = name.replace(/\s+/g, ' ').trim()
  return `// ${comment}\nconst ${target.variable} = await lab.${target.table}.where({ code: ${literal(code)} }).first()`
}

/** The same as a notebook cell. */
export function makeCell(record: Fetchable): { cell_type: 'code'; source: string; metadata: object; outputs: []; execution_count: null } {
  return { cell_type: 'code', source: cellSource(record), metadata: {}, outputs: [], execution_count: null }
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\s/g, ' ')}'`
}
