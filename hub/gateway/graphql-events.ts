import { context, get, lambda } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import type { Change, ChangeFeed } from './changes.ts'
import type { Claims } from './signing-key.ts'

/** `subscription { events(after: …) { … } }`: positions and ids only. Without a feed it only describes itself. */
export function eventsPlugin(feed?: ChangeFeed): GraphileConfig.Plugin {
  return extendSchema({
    typeDefs: gql`
      """That a record changed. Read the record itself to see what it is now."""
      type Event {
        """Its place in the one order of all changes; resume with \`after\`."""
        position: Float!
        at: Datetime!
        personId: UUID
        tableName: String!
        """None when very many changed at once: read the list again."""
        recordId: UUID
        """insert, update or delete"""
        act: String!
      }
      extend type Subscription {
        """Changes above a position (default: from now on), as they happen. Ends when the token expires."""
        events(after: Float): Event
      }
    `,
    objects: {
      Subscription: {
        plans: {
          events: {
            subscribePlan: (_$root, args) => lambda([args.getRaw('after'), context()], ([after, { claims }]) => flatten(feed!, claims, after)),
            plan: $change => $change!,
          },
        },
      },
      Event: {
        plans: {
          personId: $change => get($change, 'person_id'),
          tableName: $change => get($change, 'table_name'),
          recordId: $change => get($change, 'record_id'),
        },
      },
    },
  })
}

async function* flatten(feed: ChangeFeed, claims: Claims, after: number | null | undefined): AsyncGenerator<Change> {
  const stopped = new AbortController()
  try {
    const start = after ?? await feed.latest(claims)
    for await (const { changes } of feed.follow(claims, start, stopped.signal)) yield* changes
  } finally {
    stopped.abort()
  }
}
