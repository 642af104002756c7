import type { Filter, Value } from './filter.ts'

export interface Order {
  readonly column: string
  readonly direction: 'asc' | 'desc'
}

/** A query as data: readable before it runs, and kept with every table that it gave. */
export interface Plan {
  readonly relation: string
  /** In the order of the table that comes back. */
  readonly columns: readonly string[]
  readonly filters: readonly Filter[]
  readonly order: readonly Order[]
  readonly limit?: number
}

/** The plan in a line for people. */
export function describePlan({ relation, columns, filters, order, limit }: Plan): string {
  const conditions = filters.map(([column, operator, value]) => `${column} ${operator} ${JSON.stringify(value)}`)
  return [
    `${relation}: ${columns.join(', ')}`,
    ...(conditions.length > 0 ? [`where ${conditions.join(' and ')}`] : []),
    ...(order.length > 0 ? [`in the order of ${order.map(({ column, direction }) => `${column} ${direction}`).join(', ')}`] : []),
    ...(limit === undefined ? [] : [`at most ${limit}`]),
  ].join('\n  ')
}

/** The path and query with which PostgREST answers the plan. */
export function toRestPath(plan: Plan): string {
  const query = new URLSearchParams(plan.filters.map(([column, operator, value]) => [column, `${operator}.${restValue(value)}`]))
  query.set('select', plan.columns.join(','))
  if (plan.order.length > 0) query.set('order', plan.order.map(({ column, direction }) => `${column}.${direction}`).join(','))
  if (plan.limit !== undefined) query.set('limit', String(plan.limit))
  return `${plan.relation}?${query}`
}

function restValue(value: Filter[2]): string {
  return isList(value) ? `(${value.map(quoted).join(',')})` : String(value)
}

/** Rows whose key is greater than `after` and not greater than `until`, at most `most` of them. */
export interface KeyRange {
  readonly after: string | undefined
  readonly until: string | undefined
  readonly most: number
}

/** One page of the plan for `rpc/arrow_page`. */
export function toArrowPage(plan: Plan, key: string, { after, until, most }: KeyRange): object {
  const filters: Filter[] = until === undefined ? [...plan.filters] : [...plan.filters, [key, 'lte', until]]
  return {
    relation: plan.relation,
    columns: plan.columns,
    filters: filters.map(([column, operator, value]) => [column, operator, pageValue(value)]),
    order_by: [key],
    after: after === undefined ? null : [after],
    most,
  }
}

function pageValue(value: Filter[2]): string {
  return isList(value) ? `{${value.map(quoted).join(',')}}` : String(value)
}

// PostgREST's lists and PostgreSQL's array literals quote alike.
function quoted(value: Value): string {
  return `"${String(value).replace(/["\\]/g, '\\$&')}"`
}

function isList(value: Filter[2]): value is readonly Value[] {
  return Array.isArray(value)
}
