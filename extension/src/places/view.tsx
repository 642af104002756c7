import { useEffect, type ReactElement } from 'react'
import { outboxOf } from '../outbox/outbox.ts'
import { readOne } from '../records/read-one.ts'
import type { RecordViewProps } from '../records/kinds.ts'
import type { Person } from '../session/types.ts'
import { formatQuantity } from '../ui/format.ts'
import { useChanges, useResource } from '../ui/hooks.ts'
import { placeIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, RecordLink, Section } from '../ui/record.tsx'
import { Loaded } from '../ui/states.tsx'
import { Table } from '../ui/table.tsx'
import { Racking } from './racking.tsx'
import type { PathStep, Place } from './rows.ts'

interface Loose { id: string; code: string; name: string; sample_type: string }
interface Picture { place: Place; path: PathStep[]; inside: Place[]; loose: Loose[]; person: Person }

const TABLES = ['places'] as const
const MOST = 500

/** A storage place: where it stands, what stands in it, and its grid. */
export function PlaceView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const picture = useResource<Picture>(async signal => {
    const [person, place, path, inside, loose] = await Promise.all([
      session.identify(),
      readOne<Place>(session, 'places', id, signal),
      session.call<PathStep[]>('read_place_path', { place_id: id }, { signal }),
      session.read<Place>('places', { parent_id: `eq.${id}`, order: 'name', limit: MOST }, { signal }),
      session.read<Loose>('samples', { place_id: `eq.${id}`, position: 'is.null', select: 'id,code,name,sample_type', order: 'id', limit: MOST }, { signal }),
    ])
    return { person, place, path, inside, loose }
  }, [id])
  useChanges(TABLES, () => void picture.load())
  return <Loaded resource={picture}>{value => <PlacePage picture={value} onTitle={onTitle} />}</Loaded>
}

function PlacePage({ picture: { place, path, inside, loose, person }, onTitle }: { picture: Picture; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { session } = useLab()
  useEffect(() => onTitle(place.name, place.code), [place.name, place.code])
  return (
    <article className="petri-Page">
      <RecordHead icon={placeIcon} kind="place" label={`Storage place, ${place.kind}`} code={place.code} name={place.name} />
      <Facts facts={[
        ['Stands in', <Path steps={path.filter(({ depth }) => depth > 0)} />],
        ['Temperature', place.temperature !== null && formatQuantity(place.temperature, '°C')],
        ['Grid', place.row_count !== null && `${place.row_count} × ${place.column_count}`],
      ]} />
      {place.row_count !== null && <Racking outbox={outboxOf(session, person.id)} place={{ kind: 'place', id: place.id, own_code: place.code, name: place.name }} />}
      {inside.length > 0 && (
        <Section title="Places in it" count={inside.length}>
          <Table label="Places in it" rows={inside} columns={[
            { label: 'Name', cell: row => <RecordLink kind="place" id={row.id}>{row.name}</RecordLink> },
            { label: 'Kind', cell: row => row.kind },
            { label: 'Code', cell: row => <span className="petri-Code">{row.code}</span> },
          ]} />
        </Section>
      )}
      {loose.length > 0 && (
        <Section title="Without a position" count={loose.length}>
          <Table label="Without a position" rows={loose} columns={[
            { label: 'Name', cell: row => <RecordLink kind="sample" id={row.id}>{row.name}</RecordLink> },
            { label: 'Type', cell: row => row.sample_type },
            { label: 'Code', cell: row => <span className="petri-Code">{row.code}</span> },
          ]} />
        </Section>
      )}
    </article>
  )
}

/** The way from the site down. */
function Path({ steps }: { steps: readonly PathStep[] }): ReactElement | null {
  if (steps.length === 0) return null
  return <>{steps.map(({ id, name }, index) => <span key={id}>{index > 0 && ' › '}<RecordLink kind="place" id={id}>{name}</RecordLink></span>)}</>
}
