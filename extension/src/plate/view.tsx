import { useEffect, useState, type ReactElement } from 'react'
import { readOne } from '../records/read-one.ts'
import type { RecordViewProps } from '../records/kinds.ts'
import { useChanges, useResource } from '../ui/hooks.ts'
import { plateIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { Facts, RecordHead, RecordLink, Section } from '../ui/record.tsx'
import type { Resource } from '../ui/resource.ts'
import { Loaded } from '../ui/states.tsx'
import { HeatMap } from './heat-map.tsx'
import { PlateImport } from './import.tsx'
import type { Well } from './wells.ts'

export interface Plate {
  id: string
  code: string
  name: string
  experiment_id: string
  row_count: number
  column_count: number
}

interface Reading extends Well { id: string; measurand: string; unit: string }

interface PlatePicture { plate: Plate; experiment: { id: string; name: string }; readings: Reading[] }

const TABLES = ['plates', 'measurements', 'plate_files'] as const
const MOST_READINGS = 10_000

export function PlateView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const picture = useResource(async signal => {
    const plate = await readOne<Plate>(session, 'plates', id, signal)
    const [experiment, readings] = await Promise.all([
      readOne<{ id: string; name: string }>(session, 'experiments', plate.experiment_id, signal),
      session.read<Reading>('measurements', {
        plate_id: `eq.${id}`, select: 'id,well,value,reported,qualifier,unit,measurand', order: 'id', limit: MOST_READINGS,
      }, { signal }),
    ])
    return { plate, experiment, readings }
  }, [id])
  useChanges(TABLES, () => void picture.load())
  return <Loaded resource={picture}>{value => <PlatePage picture={value} resource={picture} onTitle={onTitle} />}</Loaded>
}

function PlatePage({ picture, resource, onTitle }: { picture: PlatePicture; resource: Resource<PlatePicture>; onTitle: RecordViewProps['onTitle'] }): ReactElement {
  const { plate, experiment, readings } = picture
  useEffect(() => onTitle(plate.name, plate.code), [plate.name, plate.code])
  return (
    <article className="petri-Page">
      <RecordHead icon={plateIcon} kind="plate" label="Plate" code={plate.code} name={plate.name} />
      <Facts facts={[
        ['Experiment', <RecordLink kind="experiment" id={experiment.id}>{experiment.name}</RecordLink>],
        ['Wells', `${plate.row_count} × ${plate.column_count}`],
      ]} />
      <Readings plate={plate} readings={readings} />
      <PlateImport plate={plate} onCommitted={() => void resource.load()} />
    </article>
  )
}

function Readings({ plate, readings }: { plate: Plate; readings: Reading[] }): ReactElement {
  const measurands = [...new Set(readings.map(({ measurand }) => measurand))]
  const [chosen, setChosen] = useState<string>()
  const measurand = chosen ?? measurands[0]
  const shown = readings.filter(reading => reading.measurand === measurand)
  return (
    <Section title="Readings" count={measurands.length === 1 ? measurand : undefined} actions={measurands.length > 1 && (
      <select className="petri-Input" aria-label="Measurand" value={measurand} onChange={event => setChosen(event.target.value)}>
        {measurands.map(measurand => <option key={measurand}>{measurand}</option>)}
      </select>
    )}>
      {shown.length === 0 && <p className="petri-State">Not read yet.</p>}
      <HeatMap label={`Readings of ${plate.name}`} rows={plate.row_count} columns={plate.column_count} wells={shown} unit={shown[0]?.unit} />
    </Section>
  )
}
