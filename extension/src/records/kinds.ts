import type { LabIcon } from '@jupyterlab/ui-components'
import type { ComponentType } from 'react'
import type { RecordKind } from '../tokens.ts'
import { entryIcon, experimentIcon, placeIcon, plateIcon, resultIcon, runIcon, sampleIcon, shipmentIcon } from '../ui/icons.ts'

export interface RecordViewProps {
  id: string
  /** Names the tab, as soon as the record is known. */
  onTitle(name: string, code?: string): void
}

export interface RecordKindInfo {
  label: string
  icon: LabIcon
  load(): Promise<ComponentType<RecordViewProps>>
}

/** How each kind is shown; its view is a chunk of its own, fetched when the first one is opened. */
export const KINDS: Record<RecordKind, RecordKindInfo> = {
  sample: { label: 'Sample', icon: sampleIcon, load: async () => (await import('./sample.tsx')).SampleView },
  experiment: { label: 'Experiment', icon: experimentIcon, load: async () => (await import('./experiment.tsx')).ExperimentView },
  result: { label: 'Result', icon: resultIcon, load: async () => (await import('./result.tsx')).ResultView },
  plate: { label: 'Plate', icon: plateIcon, load: async () => (await import('../plate/view.tsx')).PlateView },
  sop_run: { label: 'SOP run', icon: runIcon, load: async () => (await import('../sop/view.tsx')).RunView },
  shipment: { label: 'Shipment', icon: shipmentIcon, load: async () => (await import('../intake/view.tsx')).ShipmentView },
  place: { label: 'Storage place', icon: placeIcon, load: async () => (await import('../places/view.tsx')).PlaceView },
  entry: { label: 'Entry', icon: entryIcon, load: async () => (await import('../entry/view.tsx')).EntryView },
}
