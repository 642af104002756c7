import { PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'
import type { RecordRef } from '../tokens.ts'

/** What can be made by hand. */
export const CREATABLE = ['sample', 'experiment', 'entry', 'sop_run'] as const
export type Creatable = (typeof CREATABLE)[number]

export interface Option { value: string; label: string }

export interface FormField {
  name: string
  label: string
  /** `suggest` takes any text and offers what the lab knows; `codes` takes several codes, typed or scanned. */
  kind: 'text' | 'long' | 'number' | 'choice' | 'suggest' | 'codes'
  required?: boolean
  hint?: string
  /** Narrow fields stand side by side. */
  narrow?: boolean
  options?(session: Session): Promise<Option[]>
}

export type Values = Record<string, string>

export interface Form {
  title: string
  submit: string
  fields: readonly FormField[]
  /** Registers it. `key` is the same however often one person sends this form. @throws PetriError */
  save(session: Session, values: Values, key: string): Promise<RecordRef>
}

interface Row { id: string; project_id?: string; code: string; name: string }

const project: FormField = {
  name: 'project_id', label: 'Project', kind: 'choice', required: true,
  options: async session => (await session.read<Row>('projects', { select: 'id,code,name', order: 'code' })).map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` })),
}

const experiment: FormField = {
  name: 'experiment_id', label: 'Experiment', kind: 'choice',
  options: async session => (await session.read<Row>('experiments', { select: 'id,code,name', order: 'id.desc', limit: 200 }))
    .map(({ id, code, name }) => ({ value: id, label: `${name} · ${code}` })),
}

const sampleType: FormField = {
  name: 'sample_type', label: 'Type', kind: 'suggest', required: true,
  options: async session => [...new Set((await session.read<{ sample_type: string }>('samples', { select: 'sample_type', order: 'id.desc', limit: 500 })).map(row => row.sample_type))]
    .sort().map(value => ({ value, label: value })),
}

const unit: FormField = {
  name: 'amount_unit', label: 'Unit', kind: 'choice', narrow: true,
  options: async session => (await session.read<Row>('units', { select: 'id,code,name', order: 'code' })).map(({ code, name }) => ({ value: code, label: code === name ? code : `${code} (${name})` })),
}

interface Sop { id: string; code: string; title: string }

const sop: FormField = {
  name: 'sop', label: 'Procedure', kind: 'choice', required: true,
  async options(session) {
    const effective = new Set((await session.read<{ sop_id: string }>('sop_versions', { status: 'eq.effective', select: 'sop_id' })).map(({ sop_id }) => sop_id))
    const sops = await session.read<Sop>('sops', { select: 'id,code,title', order: 'title' })
    return sops.filter(({ id }) => effective.has(id)).map(({ code, title }) => ({ value: code, label: title }))
  },
}

export const FORMS: Record<Creatable, Form> = {
  sample: {
    title: 'New sample', submit: 'Register',
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: true }, project, sampleType,
      { name: 'amount', label: 'Amount', kind: 'number', narrow: true }, unit,
      { name: 'description', label: 'Description', kind: 'long' },
    ],
    async save(session, { amount, amount_unit, ...rest }) {
      const { id } = await insert(session, 'samples', { ...rest, ...(amount ? { amount: Number(amount), amount_unit: amount_unit || '1' } : {}) })
      return { kind: 'sample', id }
    },
  },
  experiment: {
    title: 'New experiment', submit: 'Register',
    fields: [{ name: 'name', label: 'Name', kind: 'text', required: true }, project, { name: 'question', label: 'Question', kind: 'long', hint: 'What it is to find out.' }],
    save: async (session, values) => ({ kind: 'experiment', id: (await insert(session, 'experiments', values)).id }),
  },
  entry: {
    title: 'New entry', submit: 'Begin',
    fields: [{ name: 'title', label: 'Title', kind: 'text', required: true }, { ...experiment, required: true }],
    async save(session, values) {
      const [of] = await session.read<{ project_id: string }>('experiments', { id: `eq.${values['experiment_id']}`, select: 'project_id' })
      return { kind: 'entry', id: (await insert(session, 'entries', { ...values, project_id: of?.project_id })).id }
    },
  },
  sop_run: {
    title: 'Start an SOP run', submit: 'Start',
    fields: [
      sop, { name: 'name', label: 'Name', kind: 'text', required: true, hint: 'How people will call this run.' }, project, experiment,
      { name: 'samples', label: 'Samples', kind: 'codes', hint: 'Scan or type their codes, one after the other.' },
    ],
    async save(session, { samples, ...values }, act_key) {
      const { run_id } = await session.call<{ run_id: string }>('start_run',
        { ...values, experiment_id: values['experiment_id'] || null, sample_ids: await samplesOf(session, samples ?? ''), act_key })
      return { kind: 'sop_run', id: run_id }
    },
  },
}

const insert = async (session: Session, view: string, row: object): Promise<Row> =>
  session.insert<Row>(view, { lab_id: (await session.identify()).lab_id, ...row })

/** @throws PetriError that names every code that no sample carries */
async function samplesOf(session: Session, codes: string): Promise<string[]> {
  const wanted = codes.toUpperCase().split(/[\s,;]+/).filter(Boolean)
  if (wanted.length === 0) return []
  const found = await session.read<Row>('samples', { code: `in.(${wanted.map(code => JSON.stringify(code)).join(',')})`, select: 'id,code' })
  const unknown = wanted.filter(code => !found.some(row => row.code === code))
  if (unknown.length === 0) return [...new Set(wanted)].map(code => found.find(row => row.code === code)!.id)
  throw new PetriError({ code: 'PL004', message: `No sample of yours carries the code ${unknown.join(', ')}.`, hint: 'Check the last character: it checks the others.', details: { field: 'samples' } }, 404)
}

/** What is wrong before anything is sent, by field; empty when nothing is. */
export function problemsOf(fields: readonly FormField[], values: Values): Record<string, string> {
  return Object.fromEntries(fields.flatMap(({ name, kind, required }) => {
    const text = (values[name] ?? '').trim()
    if (required && text === '') return [[name, kind === 'choice' ? 'Required. Choose one.' : 'Required.']]
    if (kind === 'number' && /^\d+,\d+$/.test(text)) return [[name, `Do you mean ${text.replace(',', '.')}? Write a point before decimals.`]]
    if (kind === 'number' && text !== '' && !(Number(text) >= 0)) return [[name, `“${text}” is no number of 0 or more.`]]
    return []
  }))
}

/** The field that a refusal is about, if the lab names one. */
export function refusedField({ details, message }: PetriError, fields: readonly FormField[]): string | undefined {
  const named = (details as { field?: unknown; column?: unknown } | null | undefined)
  const name = named?.field ?? named?.column ?? /column "(\w+)"/.exec(message)?.[1]
  return fields.find(field => field.name === name)?.name
}
