import { docComment, exposed, pascal, relation, typesOf, type Column, type Relation } from './catalog.ts'

export const views = exposed('view')
const columnsOf = (view: string): Column[] => relation(`view api_v1.${view}`)!.columns

/** The table a view passes a column on from: views do not say what is never null, nor what refers to what. */
function tableOf(view: string, { name, comment }: Column): Relation | undefined {
  const table = relation(`table lab.${view}`) ?? relation(`table history.${view.replace('_versions', '')}`)
  return table?.columns.some(column => column.name === name && column.comment === comment) ? table : undefined
}

function isRequired(view: string, column: Column): boolean {
  return tableOf(view, column)?.columns.some(({ name, required }) => name === column.name && required) ?? false
}

export function rowInterface(view: string): string {
  const fields = columnsOf(view).map(column => {
    const type = typesOf(column)[0] + (isRequired(view, column) ? '' : ' | null')
    return `${docComment(column.comment, '  ')}  ${column.name}: ${type}\n`
  })
  return `${docComment(relation(`view api_v1.${view}`)!.comment)}export interface ${pascal(view)}Row {\n${fields.join('')}}\n`
}

export function columnsInterface(view: string): string {
  const fields = columnsOf(view).map(column => `  ${column.name}: ${typesOf(column)[1]}\n`)
  return `export interface ${pascal(view)}Columns {\n${fields.join('')}}\n`
}

export const schemaLine = (view: string): string => `  ${view}: { row: ${pascal(view)}Row, columns: ${pascal(view)}Columns }\n`
export const namesLine = (view: string): string => `  ${view}: [${columnsOf(view).map(({ name }) => `'${name}'`).join(', ')}],\n`

/** What a member may write into a view: columns granted on the table that the view passes on. */
function writable(view: string, act: 'insert' | 'update'): Column[] {
  if (!relation(`view api_v1.${view}`)!.grants?.['member']?.includes(act)) return []
  const table = relation(`table lab.${view}`)
  const granted = table?.['column grants']?.['member']?.split(', ').filter(grant => grant.startsWith(act)).map(grant => grant.slice(act.length + 1)) ?? []
  const shown = columnsOf(view).map(({ name }) => name)
  return table?.columns.filter(({ name }) => granted.includes(name) && shown.includes(name) && name !== 'version') ?? []
}

/** The lab is the person's own unless another is named. */
const mustBeGiven = ({ name, required, default: otherwise }: Column): boolean => Boolean(required) && otherwise === undefined && name !== 'lab_id'

const field = (column: Column, isOptional: boolean): string =>
  `${column.name}${isOptional ? '?' : ''}: ${typesOf(column)[0]}${column.required ? '' : ' | null'}`

export const insertLines = (): string[] => views.map(view => [view, writable(view, 'insert')] as const)
  .flatMap(([view, columns]) => columns.length ? `  ${view}: { ${columns.map(column => field(column, !mustBeGiven(column))).join(', ')} }\n` : [])

export const editLines = (): string[] => views.map(view => [view, writable(view, 'update')] as const)
  .flatMap(([view, columns]) => columns.length ? `  ${view}: { ${columns.map(column => field(column, true)).join(', ')} }\n` : [])
