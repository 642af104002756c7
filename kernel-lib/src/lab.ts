import { labFiles, type Files } from './files/files.ts'
import { columnNames, type LabFunctions } from './generated/schema.ts'
import { runAnalysis, type Analysis, type AnalysisOptions, type AnalysisRun } from './analysis/analysis.ts'
import { idOf, type Ref } from './ref.ts'
import { printsAs } from './session/inspect.ts'
import { openSession, type Session } from './session/session.ts'
import type { AccessSource, Person } from './session/token.ts'
import { queryTable, type Query, type TableName } from './tables/query.ts'
import { writeTable, type Editable, type EditableTable, type Insertable, type InsertableTable } from './tables/write.ts'

/** One record on the way from a result to the samples that it stands on. */
export interface LineageStep {
  /** How many steps away; below 0 for what was made from a sample. */
  depth: number
  kind: string
  id: string
  code: string | null
  name: string
  from_id: string | null
  relation: string | null
}

/** A function of the lab: many-row acts and whatever is more than an edit. */
export type FunctionName = keyof LabFunctions

/** A query over all rows of a table, with the writes that the lab takes for it. */
export type LabTable<T extends TableName> = Query<T>
  & (T extends InsertableTable ? Insertable<T> : unknown)
  & (T extends EditableTable ? Editable<T> : unknown)

/** Every table of the lab. */
export type LabTables = { readonly [T in TableName]: LabTable<T> }

/** The lab, as one person sees it. */
export interface Lab extends LabTables {
  /** Who you are. */
  readonly person: Person
  readonly files: Files & Query<'files'>
  /** Runs and registers an analysis with its inputs and results. */
  analysis(options: AnalysisOptions, body: (run: AnalysisRun) => void | Promise<void>): Promise<Analysis>
  /** Calls a function of the lab by name. @throws PetriError with the lab's own refusal */
  call<F extends FunctionName>(name: F, args: LabFunctions[F]['args'], options?: { signal?: AbortSignal }): Promise<LabFunctions[F]['returns']>
  /** Where a result, analysis or sample comes from. */
  lineage(record: Ref): Promise<LineageStep[]>
}

export async function openLab(source: AccessSource, fetch: typeof globalThis.fetch): Promise<Lab> {
  const session = await openSession(source, fetch)
  const { person } = session
  const tables = allTables(session)
  const lab: Lab = {
    ...tables,
    person,
    files: printsAs({ ...tables.files, ...labFiles(session) }, () => String(tables.files)),
    analysis: (options, body) => runAnalysis(session, options, body),
    call: (name, args, { signal } = {}) => session.call(name, args, signal),
    lineage: record => session.call('get_lineage', { record_id: idOf(record) }),
  }
  return printsAs(lab, () => `The lab, as ${person.name} sees it`)
}

function allTables(session: Session): LabTables {
  const names = Object.keys(columnNames) as TableName[]
  return Object.fromEntries(names.map(name => [name, openTable(session, name)])) as unknown as LabTables
}

// The types say which writes a table takes; the lab refuses the others.
function openTable(session: Session, name: TableName): object {
  const query = queryTable(session, name)
  return printsAs({ ...query, ...writeTable(session, name as InsertableTable & EditableTable) }, () => String(query))
}
