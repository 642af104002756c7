import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook'
import { commandIds } from '../tokens.ts'
import { cellSource, isFetchable, type Fetchable } from './cell-source.ts'

/** "Insert cell that fetches this": from the menu of a record, below the active cell of the active notebook. */
export const cellsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:cells',
  description: 'Inserts TypeScript cells that fetch a record.',
  autoStart: true,
  optional: [INotebookTracker],
  activate: (app: JupyterFrontEnd, notebooks: INotebookTracker | null) => {
    app.commands.addCommand(commandIds.insertCell, {
      label: 'Insert Cell That Fetches This',
      caption: 'Below the active cell of the active notebook',
      describedBy: {
        args: { type: 'object', properties: { kind: { type: 'string' }, code: { type: 'string' }, name: { type: 'string' } } },
      },
      isEnabled: () => Boolean(notebooks?.currentWidget),
      execute: args => {
        const record = readRecord(args) ?? pointedRecord(app)
        if (record && notebooks?.currentWidget) insertCell(notebooks.currentWidget, record)
      },
    })
  },
}

function readRecord({ kind, code, name }: { kind?: unknown; code?: unknown; name?: unknown }): Fetchable | undefined {
  if (typeof kind !== 'string' || typeof code !== 'string' || !isFetchable(kind)) return undefined
  return { kind, code, name: typeof name === 'string' ? name : code }
}

/** The record under the pointer when the context menu was opened. */
function pointedRecord(app: JupyterFrontEnd): Fetchable | undefined {
  const node = app.contextMenuHitTest(node => node.dataset['petriCode'] !== undefined)
  return node && readRecord({ kind: node.dataset['petriKind'], code: node.dataset['petriCode'], name: node.dataset['petriName'] })
}

function insertCell(panel: NotebookPanel, record: Fetchable): void {
  NotebookActions.insertBelow(panel.content)
  panel.content.activeCell?.model.sharedModel.setSource(cellSource(record))
  panel.content.mode = 'edit'
}
