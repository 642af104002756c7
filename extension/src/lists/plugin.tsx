import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils'
import { lazy, Suspense, type ComponentType } from 'react'
import { commandIds, ISession } from '../tokens.ts'
import { placeIcon, shipmentIcon } from '../ui/icons.ts'
import { labOf } from '../ui/lab.ts'
import { Loading } from '../ui/states.tsx'
import { LabWidget } from '../ui/widget.tsx'

/** Lists that want more room than the sidebar has; each is a chunk of its own. */
const LISTS = {
  shipments: { label: 'Shipments', caption: 'Receive what was announced', icon: shipmentIcon, load: async () => (await import('../intake/list.tsx')).ShipmentList },
  places: { label: 'Storage Places', caption: 'Where things are', icon: placeIcon, load: async () => (await import('../places/list.tsx')).PlaceList },
} as const
type ListName = keyof typeof LISTS
const NAMES = Object.keys(LISTS) as ListName[]

export const listsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:lists',
  description: 'Lists of shipments and storage places in the main area.',
  autoStart: true,
  requires: [ISession],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, session: ISession, palette: ICommandPalette | null) => {
    app.commands.addCommand(commandIds.openList, {
      label: args => infoOf(args)?.label ?? 'Open List',
      caption: args => infoOf(args)?.caption ?? '',
      icon: args => infoOf(args)?.icon,
      describedBy: { args: { type: 'object', properties: { list: { type: 'string', enum: NAMES } }, required: ['list'] } },
      execute: args => {
        const name = nameOf(args)
        if (!name) throw new Error(`petri:open-list needs a list: expected one of ${NAMES.join(', ')}`)
        const id = `petri-list-${name}`
        if (![...app.shell.widgets('main')].some(widget => widget.id === id)) app.shell.add(createTab(app, session, name, id), 'main')
        app.shell.activateById(id)
      },
    })
    for (const list of NAMES) palette?.addItem({ command: commandIds.openList, args: { list }, category: 'Petri' })
  },
}

const nameOf = ({ list }: { list?: unknown }): ListName | undefined => NAMES.find(name => name === list)

function infoOf(args: { list?: unknown }): (typeof LISTS)[ListName] | undefined {
  const name = nameOf(args)
  return name && LISTS[name]
}

function createTab(app: JupyterFrontEnd, session: ISession, name: ListName, id: string): MainAreaWidget<LabWidget> {
  const { load, label, icon } = LISTS[name]
  const View = lazy<ComponentType>(async () => ({ default: await load() }))
  const content = new LabWidget(labOf(app, session), <Suspense fallback={<Loading />}><View /></Suspense>)
  content.addClass('petri-Record')
  Object.assign(content.title, { label, icon, closable: true })
  const tab = new MainAreaWidget({ content })
  tab.toolbar.hide()
  tab.id = id
  return tab
}
