import type { ReactElement } from 'react'
import { useChanges, useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { RecordLink } from '../ui/record.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import type { Place } from './rows.ts'

const TABLES = ['places'] as const
const MOST = 1000

/** All storage places of the lab, as they stand in each other. */
export function PlaceList(): ReactElement {
  const { session } = useLab()
  const places = useResource(signal => session.read<Place>('places', { order: 'name', limit: MOST }, { signal }), [])
  useChanges(TABLES, () => void places.load())
  return (
    <article className="petri-Page">
      <header className="petri-ListHead"><h1>Storage places</h1></header>
      <Loaded resource={places} isEmpty={rows => rows.length === 0} empty="No storage place is registered. A technician or analyst registers one: site, room, freezer, shelf, rack, box.">
        {rows => (
          <>
            <Inside places={rows} parent={null} />
            {rows.length === MOST && <Empty>These are the first {MOST}. Scan the code of another one.</Empty>}
          </>
        )}
      </Loaded>
    </article>
  )
}

function Inside({ places, parent }: { places: readonly Place[]; parent: string | null }): ReactElement | null {
  const here = places.filter(({ parent_id }) => parent_id === parent)
  if (here.length === 0) return null
  return (
    <ul className="petri-Tree">
      {here.map(({ id, name, kind, code, row_count, column_count }) => (
        <li key={id}>
          <RecordLink kind="place" id={id}>{name}</RecordLink>
          <span className="petri-Tree-kind"> {kind}{row_count !== null && `, ${row_count} × ${column_count}`} </span>
          <span className="petri-Code">{code}</span>
          <Inside places={places} parent={id} />
        </li>
      ))}
    </ul>
  )
}
