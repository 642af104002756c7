import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application'
import { commandIds, ISession } from '../tokens.ts'
import { petriIcon } from '../ui/icons.ts'
import { labOf } from '../ui/lab.ts'
import { LabWidget } from '../ui/widget.tsx'
import { SidebarModel } from './model.ts'
import { Sidebar } from './view.tsx'

export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:sidebar',
  description: 'Samples, experiments and SOP runs of the lab in the left sidebar.',
  autoStart: true,
  requires: [ISession],
  optional: [ILayoutRestorer],
  activate: (app: JupyterFrontEnd, session: ISession, restorer: ILayoutRestorer | null) => {
    const model = new SidebarModel(session)
    const panel = new LabWidget(labOf(app, session), <Sidebar model={model} />)
    panel.id = 'petri-sidebar'
    panel.title.icon = petriIcon
    panel.title.caption = 'Petri'
    panel.node.setAttribute('role', 'region')
    panel.node.setAttribute('aria-label', 'Petri')
    app.shell.add(panel, 'left', { rank: 150 })
    restorer?.add(panel, panel.id)
    app.commands.addCommand(commandIds.findCode, {
      label: 'Go to a Code…',
      caption: 'Scan or type the code of a record and open it',
      icon: petriIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => {
        app.shell.activateById(panel.id)
        // The panel draws itself when it is first shown: the box is there one frame later.
        requestAnimationFrame(() => requestAnimationFrame(() => model.askForCode()))
      },
    })
  },
}
