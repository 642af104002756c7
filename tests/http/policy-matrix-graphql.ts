/** The questions of the policy matrix, over GraphQL. Names and argument types are those that the schema tells a member. */
import {
  buildClientSchema, getIntrospectionQuery, getNamedType, isLeafType, isObjectType,
  type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema, type IntrospectionQuery,
} from 'postgraphile/graphql'
import { ask } from './people.ts'
import { impossibleVersion, outcomeOf, type Outcome, type Target } from './policy-matrix-rest.ts'

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
const camelKeys = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [camelCase(key), value]))

export class Graphql {
  private readonly schema: GraphQLSchema

  private constructor(schema: GraphQLSchema) {
    this.schema = schema
  }

  static async describedTo(token: string): Promise<Graphql> {
    const { body } = await ask<IntrospectionQuery>(token, getIntrospectionQuery({ descriptions: false }))
    if (!body.data) throw new Error(`GraphQL does not describe itself: ${JSON.stringify(body)}`)
    return new Graphql(buildClientSchema(body.data))
  }

  hasView = (view: string): boolean => this.listName(view) in this.queries()
  hasFunction = (name: string): boolean => camelCase(name) in this.queries() || camelCase(name) in this.mutations()
  hasMutation = (act: 'create' | 'update' | 'delete', view: string): boolean => this.mutationName(act, view) in this.mutations()

  async reads(token: string | null, view: string, { key, row }: Target): Promise<Outcome> {
    return this.ask(token, 'query', this.listName(view), { condition: { [camelCase(key)]: row[key] }, first: 1 })
  }

  async inserts(token: string | null, view: string, copy: Record<string, unknown>): Promise<Outcome> {
    const singular = this.typeName(view)
    return this.ask(token, 'mutation', this.mutationName('create', view), { input: { [singular[0]!.toLowerCase() + singular.slice(1)]: camelKeys(copy) } })
  }

  async updates(token: string | null, view: string, { key, row }: Target): Promise<Outcome> {
    return this.ask(token, 'mutation', this.mutationName('update', view), { input: { [camelCase(key)]: row[key], patch: { version: impossibleVersion } } })
  }

  async calls(token: string | null, name: string, args: Record<string, unknown>, about = ''): Promise<Outcome> {
    const field = camelCase(name)
    return field in this.queries() ? this.ask(token, 'query', field, camelKeys(args), about) : this.ask(token, 'mutation', field, { input: camelKeys(args) }, about)
  }

  private queries = () => this.schema.getQueryType()!.getFields()
  private mutations = () => this.schema.getMutationType()!.getFields()

  /** A type that would be named like an input gets another name. */
  private listName(view: string): string {
    const name = camelCase(view)
    return [name, `${name}s`, name.replace(/s$/, 'Records')].find((each) => each in this.queries()) ?? name
  }

  private mutationName(act: string, view: string): string {
    return act === 'create' ? `create${this.typeName(view)}` : `${act}${this.typeName(view)}ById`
  }

  private typeName(view: string): string {
    const connection = getNamedType(this.queries()[this.listName(view)]?.type) as GraphQLObjectType | undefined
    return connection ? getNamedType(connection.getFields().nodes!.type).name : ''
  }

  private async ask(token: string | null, kind: 'query' | 'mutation', name: string, args: Record<string, unknown>, about = ''): Promise<Outcome> {
    const field = (kind === 'query' ? this.queries() : this.mutations())[name]!
    const types = new Map(field.args.map((arg) => [arg.name, String(arg.type)]))
    const names = Object.keys(args)
    const declared = names.map((arg) => `$${arg}: ${types.get(arg)}`).join(', ')
    const given = names.map((arg) => `${arg}: $${arg}`).join(', ')
    const text = `${kind}${declared && `(${declared})`} { it: ${name}${given && `(${given})`} ${selection(field)} }`
    const { status, body } = await ask<{ it: unknown }>(token, text, args)
    const [error] = body.errors ?? []
    if (!error) return outcomeOf(status, body.code, text, isNothing(body.data?.it) || !JSON.stringify(body.data).includes(about))
    return outcomeOf(status === 200 ? 400 : status, codeOf(error), `${error.message} ${text}`, false)
  }
}

type GraphqlError = { message: string, extensions?: { code?: string } }

/** An edit that meets no row is an error of PostGraphile's own, without a code. */
const codeOf = ({ message, extensions }: GraphqlError): string | undefined =>
  extensions?.code ?? (/no values .* were found/i.test(message) ? 'PL004' : undefined)

/** What tells whether anything came: the rows of a list, the record or answer that a mutation gives, or that there is an object. */
function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type)
  if (!isObjectType(type)) return ''
  const { nodes, clientMutationId, query, ...others } = type.getFields()
  const inner = nodes ?? (clientMutationId && Object.values(others)[0])
  return inner ? `{ it: ${inner.name} ${scalarsOf(getNamedType(inner.type))} }` : scalarsOf(type)
}

function scalarsOf(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return ''
  const scalars = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)))
  return `{ __typename ${scalars.map(({ name }) => name).join(' ')} }`
}

const isNothing = (value: unknown): boolean =>
  value == null || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && 'it' in value && isNothing(value.it))
