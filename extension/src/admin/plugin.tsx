import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils'
import { lazy, Suspense } from 'react'
import { commandIds, ISession } from '../tokens.ts'
import { tableIcon } from '../ui/icons.ts'
import { labOf } from '../ui/lab.ts'
import { Loading } from '../ui/states.tsx'
import { LabWidget } from '../ui/widget.tsx'

const TAB = 'petri-admin'

/** Reference tables, for lab admins. The page is a chunk of its own, fetched when it is first opened. */
export const adminPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:admin',
  description: 'Reference tables of the lab, for lab admins.',
  autoStart: true,
  requires: [ISession],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, session: ISession, palette: ICommandPalette | null) => {
    const { commands, shell } = app
    let isAdmin = false
    void app.restored.then(() => session.identify()).then(({ roles }) => {
      isAdmin = roles.includes('lab_admin')
      commands.notifyCommandChanged(commandIds.administerTables)
    }).catch(() => {}) // nobody known: nothing to administer; the sidebar says why
    commands.addCommand(commandIds.administerTables, {
      label: 'Administer Tables',
      caption: 'List, make and edit the reference tables of the lab',
      icon: tableIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      isVisible: () => isAdmin,
      isEnabled: () => isAdmin,
      execute: () => {
        if (!contains(shell, TAB)) shell.add(createTab(app, session), 'main')
        shell.activateById(TAB)
      },
    })
    palette?.addItem({ command: commandIds.administerTables, category: 'Petri' })
  },
}

function contains(shell: JupyterFrontEnd.IShell, id: string): boolean {
  return [...shell.widgets('main')].some(widget => widget.id === id)
}

function createTab(app: JupyterFrontEnd, session: ISession): MainAreaWidget<LabWidget> {
  const Page = lazy(async () => ({ default: (await import('./page.tsx')).AdminPage }))
  const content = new LabWidget(labOf(app, session), <Suspense fallback={<Loading />}><Page /></Suspense>)
  content.addClass('petri-Record')
  Object.assign(content.title, { label: 'Reference tables', icon: tableIcon, closable: true })
  const tab = new MainAreaWidget({ content })
  tab.toolbar.hide()
  tab.id = TAB
  return tab
}
