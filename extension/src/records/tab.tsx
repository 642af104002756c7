import { MainAreaWidget } from '@jupyterlab/apputils'
import { lazy, Suspense } from 'react'
import type { RecordRef } from '../tokens.ts'
import type { Lab } from '../ui/lab.ts'
import { Loading } from '../ui/states.tsx'
import { LabWidget } from '../ui/widget.tsx'
import { KINDS } from './kinds.ts'

export type RecordTab = MainAreaWidget<LabWidget> & { record: RecordRef }

export const tabId = ({ kind, id }: RecordRef): string => `petri-${kind}-${id}`

/** A tab of the main area that shows one record. */
export function createRecordTab(lab: Lab, record: RecordRef): RecordTab {
  const info = KINDS[record.kind]
  const View = lazy(async () => ({ default: await info.load() }))
  const onTitle = (name: string, code?: string): void => {
    content.title.label = name
    content.title.caption = `${info.label} · ${name}${code ? ` · ${code}` : ''}`
  }
  const content = new LabWidget(lab, <Suspense fallback={<Loading />}><View id={record.id} onTitle={onTitle} /></Suspense>)
  content.addClass('petri-Record')
  content.title.label = info.label
  content.title.icon = info.icon
  content.title.closable = true
  const tab = new MainAreaWidget({ content })
  tab.toolbar.hide()
  tab.id = tabId(record)
  return Object.assign(tab, { record })
}
