import { PetriError } from '../petri-error.ts'

/** How one column is compared. Several comparisons of one column must all hold. */
export interface Comparison<V> {
  eq?: V
  neq?: V
  gt?: V
  gte?: V
  lt?: V
  lte?: V
  in?: readonly V[]
  /** `null`: no value was recorded. */
  is?: null
}

/** What a column must be: a value, `null`, one of several values, or a comparison. */
export type Condition<V> = V | null | readonly V[] | Comparison<V>

/** Conditions by column; all must hold. */
export type Where<Row> = {
  [C in keyof Row]?: Condition<Extract<NonNullable<Row[C]>, string | number | boolean>>
}

export const operators = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'] as const
export type Operator = typeof operators[number]
export type Value = string | number | boolean

/** A condition as data: `['value', 'gt', 5]`. */
export type Filter = readonly [column: string, operator: Operator, value: Value | readonly Value[] | null]

/** @throws PetriError for an unknown column or operator, which only untyped code can reach */
export function toFilters(where: object, columns: readonly string[]): Filter[] {
  return Object.entries(where).flatMap(([column, condition]) => {
    demandColumn(column, columns)
    return condition === undefined ? [] : filtersOf(column, condition as Condition<Value>)
  })
}

function filtersOf(column: string, condition: Condition<Value>): Filter[] {
  if (condition === null) return [[column, 'is', null]]
  if (Array.isArray(condition)) return [[column, 'in', condition as Value[]]]
  if (typeof condition !== 'object') return [[column, 'eq', condition]]
  return Object.entries(condition)
    .filter(([, value]) => value !== undefined)
    .map(([operator, value]) => {
      demandOneOf('operator', operator, operators)
      return [column, operator as Operator, value as Filter[2]]
    })
}

export function demandColumn(column: string, columns: readonly string[]): void {
  demandOneOf('column', column, columns)
}

function demandOneOf(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  throw new PetriError(`There is no ${what} "${name}".`, { code: `unknown_${what}`, hint: `Expected one of: ${known.join(', ')}.` })
}
