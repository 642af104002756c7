import { constant, lambda } from 'postgraphile/grafast'
import { GraphQLError } from 'postgraphile/graphql'
import { assertModest, LIMITS, type Request } from './graphql-cost.ts'

/** Refuses requests that ask for too much, and pages every list that does not page itself. */
export const LimitsPlugin: GraphileConfig.Plugin = {
  name: 'PetriLimitsPlugin',
  grafast: {
    middleware: {
      execute: (next, { args }) => excess(args) ?? next(),
      subscribe: (next, { args }) => excess(args) ?? next(),
    },
  },
  schema: {
    hooks: {
      GraphQLObjectType_fields_field_args: {
        after: ['PgFirstLastBeforeAfterArgsPlugin'],
        callback(args, _build, { scope }) {
          if (!scope.isPgFieldConnection || !args.first) return args
          const { applyPlan: _replaced, ...first } = args.first
          first.description += ` ${LIMITS.defaultPageSize} if not given, at most ${LIMITS.pageSize}.`
          return { ...args, first }
        },
      },
      GraphQLObjectType_fields_field(field, _build, { scope }) {
        if (!scope.isPgFieldConnection || !field.plan) return field
        const { plan } = field
        return {
          ...field,
          plan($parent, args, info) {
            const $list = plan($parent, args, info)
            const $last = field.args?.last ? args.getRaw('last') : constant(null) // a function's list has none
            const $page = lambda([args.getRaw('first'), $last], pageSize)
            if ('setFirst' in $list) ($list.setFirst as (step: typeof $page) => void)($page)
            return $list
          },
        }
      },
    },
  },
}

function excess(request: Request): { errors: GraphQLError[] } | undefined {
  try {
    assertModest(request)
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}

function pageSize([first, last]: readonly [number | null | undefined, number | null | undefined]): number | null {
  return first ?? (last == null ? LIMITS.defaultPageSize : null)
}
