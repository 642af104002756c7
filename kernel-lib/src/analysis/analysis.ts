import type { Table } from 'apache-arrow'
import { sha256 } from '../bytes.ts'
import type { Unit } from '../generated/schema.ts'
import { uploadFile, type AnyTable } from '../files/upload.ts'
import { idOf, type Ref } from '../ref.ts'
import type { Session } from '../session/session.ts'
import { describeEnvironment } from './environment.ts'
import { describeInput, type Input } from './input.ts'

/** A number with its unit. */
export interface ResultValue {
  /** Code of a measurand of the lab. */
  measurand: string
  value: number
  /** In the same unit. */
  standardError?: number
  /** Code of a unit of the lab. */
  unit: Unit
}

/** One result: what one stands by. */
export interface Result {
  name: string
  sample?: Ref
  values?: ResultValue[]
  /** A plotly figure. */
  plot?: Figure
  /** Stored as a Parquet file named after the result. */
  table?: AnyTable
  /** A file that is already in the lab. */
  file?: Ref
}

/** A plotly figure as data. */
export interface Figure {
  data: object[]
  layout?: object
  config?: object
}

export interface AnalysisOptions {
  experiment: Ref
  title: string
  /** Name of the notebook or script. */
  notebook: string
  /** The tables, as the lab served them, on which the results stand. */
  inputs: Table[]
}

/** What an analysis gathers while it runs. */
export interface AnalysisRun {
  result(result: Result): void
}

/** A registered analysis. */
export interface Analysis {
  id: string
  code: string
  results: { id: string, code: string, name: string }[]
}

/**
 * Runs `body` and registers what it gives, with its inputs, source and environment: whole or not at all.
 * The same source on the same rows with the same results is registered once, however often it runs.
 */
export async function runAnalysis(session: Session, options: AnalysisOptions, body: (run: AnalysisRun) => void | Promise<void>): Promise<Analysis> {
  const { title, notebook } = options
  const experimentId = idOf(options.experiment)
  const startedAt = new Date()
  const inputs = await Promise.all(options.inputs.map(table => describeInput(session, table)))
  const gathered: Result[] = []
  await body({ result: result => void gathered.push(result) })
  const results = await Promise.all(gathered.map(result => storeResult(session, experimentId, result)))
  const source = await sha256(new TextEncoder().encode(`${notebook}\n${body}`))
  const what = { experiment_id: experimentId, title, notebook, source_sha256: source, results }
  const reply = await session.call<{ analysis_id: string } & Omit<Analysis, 'id'>>('register_analysis', {
    analysis: {
      ...what,
      key: await keyOf([session.person.id, what, inputs.map(withoutPosition)]),
      environment: describeEnvironment(),
      started_at: startedAt,
      finished_at: new Date(),
      inputs,
    },
  })
  return { id: reply.analysis_id, code: reply.code, results: reply.results }
}

async function storeResult(session: Session, experiment: string, { name, sample, values = [], plot, table, file }: Result): Promise<object> {
  const stored = table ? await uploadFile(session, { name: `${name}.parquet`, experiment, table }) : file
  return {
    name,
    ...(sample === undefined ? {} : { sample_id: idOf(sample) }),
    ...(stored === undefined ? {} : { file_id: idOf(stored) }),
    ...(plot === undefined ? {} : { plot }),
    values: values.map(({ standardError, ...value }) => ({ ...value, ...(standardError === undefined ? {} : { standard_error: standardError }) })),
  }
}

// The position moves with every change in the lab; the rows' hash says whether these rows did.
function withoutPosition({ query, row_count, sha256 }: Input): object {
  return { query, row_count, sha256 }
}

/** A uuid made from content. */
async function keyOf(content: unknown): Promise<string> {
  const hash = await sha256(new TextEncoder().encode(JSON.stringify(content)))
  return hash.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5')
}
