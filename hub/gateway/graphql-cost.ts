import {
  getNamedType, getOperationAST, GraphQLError, isCompositeType, isObjectType, Kind, valueFromASTUntyped,
  type DocumentNode, type FieldNode, type GraphQLCompositeType, type GraphQLSchema, type SelectionNode,
} from 'postgraphile/graphql'

export const LIMITS = {
  /** Levels of nested fields. */
  depth: 12,
  /** Fields in one request, fragments expanded. */
  fields: 1_000,
  /** Rows of one list. */
  pageSize: 1_000,
  /** Rows of a list that says neither `first` nor `last`. */
  defaultPageSize: 100,
  /** Rows of all lists together, were every page full. */
  rows: 100_000,
}

export interface Request {
  schema: GraphQLSchema
  document: DocumentNode
  operationName?: string | null
  variableValues?: Readonly<Record<string, unknown>> | null
}

/** Refuses a validated request that asks for too much, before anything is planned. @throws GraphQLError */
export function assertModest(request: Request): void {
  const operation = getOperationAST(request.document, request.operationName)
  const root = operation && request.schema.getRootType(operation.operation)
  if (!root) return
  const variables = { ...defaultsOf(operation.variableDefinitions ?? []), ...request.variableValues }
  const total = { fields: 0, rows: 0 }
  const visit = (selections: readonly SelectionNode[], type: GraphQLCompositeType, depth: number, parents: number): void => {
    for (const selection of selections) {
      check('fields', ++total.fields)
      if (selection.kind === Kind.FIELD) {
        visitField(selection, type, depth, parents)
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(request.document, selection.name.value)
        const condition = fragment.typeCondition && request.schema.getType(fragment.typeCondition.name.value)
        visit(fragment.selectionSet.selections, isCompositeType(condition) ? condition : type, depth, parents)
      }
    }
  }
  const visitField = (field: FieldNode, parent: GraphQLCompositeType, depth: number, parents: number): void => {
    if (field.name.value.startsWith('__')) return // graphql-js bounds introspection itself
    const type = typeOf(parent, field)
    if (!type || !field.selectionSet) return
    check('depth', depth)
    const rows = isList(type) ? parents * pageSize(field, variables) : 0
    check('rows', total.rows += rows)
    visit(field.selectionSet.selections, type, depth + 1, rows || parents)
  }
  visit(operation.selectionSet.selections, root, 1, 1)
}

function check(limit: 'depth' | 'fields' | 'rows', asked: number): void {
  if (asked <= LIMITS[limit]) return
  const hint = limit === 'rows' ? 'Ask for smaller pages with `first`.' : 'Ask in several requests.'
  refuse(`the request may touch ${asked} ${limit === 'depth' ? 'levels' : limit}: at most ${LIMITS[limit]} are allowed`, hint)
}

function pageSize(field: FieldNode, variables: Record<string, unknown>): number {
  const given = new Map(field.arguments?.map(arg => [arg.name.value, valueFromASTUntyped(arg.value, variables)]))
  const asked = given.get('first') ?? given.get('last')
  if (asked == null && given.get('before') != null) {
    refuse(`${field.name.value}: \`before\` needs \`last\``, 'Say how many rows before the cursor you want.')
  }
  if (typeof asked === 'number' && asked > LIMITS.pageSize) {
    refuse(`${field.name.value}: a page of ${asked} rows is too large`, `Ask for at most ${LIMITS.pageSize} and follow \`pageInfo.endCursor\`.`)
  }
  return typeof asked === 'number' ? asked : LIMITS.defaultPageSize
}

function refuse(message: string, hint: string): never {
  throw new GraphQLError(message, { extensions: { code: 'PT400', message, details: null, hint } })
}

const isList = (type: GraphQLCompositeType): boolean => isObjectType(type) && type.name.endsWith('Connection')

function typeOf(parent: GraphQLCompositeType, field: FieldNode): GraphQLCompositeType | null {
  const definition = 'getFields' in parent ? parent.getFields()[field.name.value] : undefined
  const type = definition && getNamedType(definition.type)
  return isCompositeType(type) ? type : null
}

function fragmentOf(document: DocumentNode, name: string): DocumentNode['definitions'][number] & { kind: Kind.FRAGMENT_DEFINITION } {
  const fragment = document.definitions.find(node => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name)
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment ${name} although the request was validated`)
  return fragment
}

type Variables = NonNullable<Extract<DocumentNode['definitions'][number], { kind: Kind.OPERATION_DEFINITION }>['variableDefinitions']>

function defaultsOf(definitions: Variables): Record<string, unknown> {
  return Object.fromEntries(definitions
    .filter(definition => definition.defaultValue)
    .map(definition => [definition.variable.name.value, valueFromASTUntyped(definition.defaultValue!)]))
}
