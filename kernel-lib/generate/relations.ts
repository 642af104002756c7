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
