import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils'
import { commandIds, ISession, RECORD_KINDS, type RecordRef } from '../tokens.ts'
import { labOf, type Lab } from '../ui/lab.ts'
import { createRecordTab, tabId, type RecordTab } from './tab.tsx'

/** Opens records in the main area; open tabs are there again after a reload. */
export const recordsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:records',
  description: 'Records of the lab in the main area.',
  autoStart: true,
  requires: [ISession],
  optional: [ILayoutRestorer, ICommandPalette],
  activate: (app: JupyterFrontEnd, session: ISession, restorer: ILayoutRestorer | null, palette: ICommandPalette | null) => {
    const tracker = new WidgetTracker<RecordTab>({ namespace: 'petri-records' })
    const lab = labOf(app, session)
    app.commands.addCommand(commandIds.openRecord, {
      label: 'Open Record',
      describedBy: { args: ARGUMENTS },
      execute: args => openTab(app, tracker, lab, readRef(args)),
    })
    palette?.addItem({ command: commandIds.findCode, category: 'Petri' })
    if (restorer) {
      void restorer.restore(tracker, {
        command: commandIds.openRecord,
        args: tab => ({ kind: tab.record.kind, id: tab.record.id }),
        name: tab => tab.id,
      })
    }
  },
}

const ARGUMENTS = {
  type: 'object',
  properties: { kind: { type: 'string', enum: [...RECORD_KINDS] }, id: { type: 'string', format: 'uuid' } },
  required: ['kind', 'id'],
} as const

function readRef(args: { kind?: unknown; id?: unknown }): RecordRef {
  const kind = RECORD_KINDS.find(kind => kind === args.kind)
  if (!kind || typeof args.id !== 'string') {
    throw new Error(`petri:open-record needs an id and a kind: expected one of ${RECORD_KINDS.join(', ')}`)
  }
  return { kind, id: args.id }
}

async function openTab(app: JupyterFrontEnd, tracker: WidgetTracker<RecordTab>, lab: Lab, ref: RecordRef): Promise<void> {
  const open = tracker.find(tab => tab.id === tabId(ref))
  const tab = open ?? createRecordTab(lab, ref)
  if (!open) await tracker.add(tab)
  if (!tab.isAttached) app.shell.add(tab, 'main')
  app.shell.activateById(tab.id)
}
