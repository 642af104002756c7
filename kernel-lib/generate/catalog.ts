import { readFileSync } from 'node:fs'

export interface Column {
  name: string
  type: string
  comment?: string
  required?: boolean
  default?: string
}

export interface Relation {
  columns: Column[]
  comment?: string
  grants?: Record<string, string>
  'column grants'?: Record<string, string>
}

export interface Procedure {
  arguments: string
  returns: string
  comment?: string
  'may be called by'?: string[]
}

const readContract = (name: string) => JSON.parse(readFileSync(new URL(`../../db/contracts/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>
const catalog = readContract('catalog')

/** Codes of the units that every lab may use. */
export const units = Object.keys(readContract('units'))

/** A view, table or composite type by its key in the contract, for example `view api_v1.samples`. */
export const relation = (key: string): Relation | undefined => catalog[key] as Relation | undefined

/** Names of what stands in the exposed schema, in alphabetical order. */
export const exposed = (kind: 'view' | 'type'): string[] => namesLike(new RegExp(`^${kind} api_v1\\.(\\w+)$`))

const namesLike = (pattern: RegExp): string[] => Object.keys(catalog).flatMap(key => pattern.exec(key)?.[1] ?? []).sort()

/** Every function that people may call for JSON; what answers in Arrow is for the tables. */
export function exposedFunctions(): [name: string, Procedure][] {
  return Object.entries(catalog).flatMap(([key, value]): [string, Procedure][] => {
    const name = /^function api_v1\.(\w+)\(/.exec(key)?.[1]
    const procedure = value as Procedure
    const isForPeople = procedure['may be called by']?.includes('member') && !procedure.returns.includes('application/')
    return name && isForPeople ? [[name, procedure]] : []
  })
}

// SQL type: [TypeScript type of a JSON value, Arrow type of a column]
const types: Record<string, [string, string]> = {
  'uuid': ['string', 'Utf8'],
  'text': ['string', 'Utf8'],
  'numeric': ['number', 'Utf8'],
  'jsonb': ['Json', 'Utf8'],
  'boolean': ['boolean', 'Bool'],
  'smallint': ['number', 'Int16'],
  'integer': ['number', 'Int32'],
  'bigint': ['number', 'Int64'],
  'double precision': ['number', 'Float64'],
  'timestamp with time zone': ['string', 'TimestampMicrosecond'],
  'date': ['string', 'DateDay'],
}
const arrowTypes = [...new Set(Object.values(types).map(([, arrow]) => arrow))]

/** The Arrow types that a text names. */
export const arrowTypesIn = (text: string): string[] => arrowTypes.filter(type => text.includes(`: ${type}\n`)).sort()

// A column or argument that names a unit is called one.
const isUnit = ({ name, type }: Column) => type === 'text' && /(^|_)unit$/.test(name)

/** @throws for a type that the table above does not have */
export function typesOf(column: Column): [json: string, arrow: string] {
  const { type, name } = column
  if (isUnit(column)) return ['Unit', 'Utf8']
  const known = types[type.replace(/\[\]$/, '')]
  if (!known) throw new Error(`${name} has the type ${type}, which generate/catalog.ts does not know: add it to its table`)
  return type.endsWith('[]') ? [`${known[0]}[]`, 'Utf8'] : known
}

export const pascal = (name: string): string => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

export const docComment = (text: string | undefined, indent = ''): string => text ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : ''
