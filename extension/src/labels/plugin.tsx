import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { commandIds, ISession } from '../tokens.ts'
import { showDialog } from '../ui/dialog.tsx'
import { labelIcon } from '../ui/icons.ts'
import { labOf, type Labelled } from '../ui/lab.ts'

/** "Print Labels…": of the records it is given, or of the record under the pointer, or of the page in front. */
export const labelsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:labels',
  description: 'Prints labels of records.',
  autoStart: true,
  requires: [ISession],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, session: ISession, palette: ICommandPalette | null) => {
    app.commands.addCommand(commandIds.printLabels, {
      label: 'Print Labels…',
      caption: 'Of the selected records, as PDF, SVG or ZPL',
      icon: labelIcon,
      describedBy: { args: ARGUMENTS },
      execute: async args => {
        const records = readRecords(args) ?? pointedRecords(app) ?? recordsInFront(app)
        if (records.length === 0) throw new Error('petri:print-labels needs records: select some in a list, or open one')
        const { LabelDialog } = await import('./dialog.tsx')
        return showDialog(labOf(app, session), close => <LabelDialog records={records} onClose={close} />)
      },
    })
    palette?.addItem({ command: commandIds.printLabels, category: 'Petri' })
  },
}

const RECORD = { type: 'object', properties: { code: { type: 'string' }, name: { type: 'string' }, lines: { type: 'array', items: { type: 'string' } } }, required: ['code'] } as const
const ARGUMENTS = { type: 'object', properties: { records: { type: 'array', items: RECORD } } } as const

function readRecords({ records }: { records?: unknown }): Labelled[] | undefined {
  return Array.isArray(records) ? records.filter((record): record is Labelled => typeof (record as Labelled | null)?.code === 'string') : undefined
}

/** The record under the pointer when the context menu was opened; all that are selected, if it is one of them. */
function pointedRecords(app: JupyterFrontEnd): Labelled[] | undefined {
  const node = app.contextMenuHitTest(node => node.dataset['petriCode'] !== undefined)
  if (!node) return undefined
  const list = node.closest('[role="listbox"]')
  return node.dataset['petriSelected'] === undefined ? [labelled(node)] : labelledIn(list!, '[data-petri-selected]')
}

/** What the page in front is about. */
function recordsInFront(app: JupyterFrontEnd): Labelled[] {
  const page = app.shell.currentWidget?.node
  return page ? labelledIn(page, '.petri-Head[data-petri-code]').slice(0, 1) : []
}

const labelledIn = (node: Element, selector: string): Labelled[] => [...node.querySelectorAll<HTMLElement>(selector)].map(labelled)

const labelled = ({ dataset: { petriCode, petriName, petriDetail } }: HTMLElement): Labelled =>
  ({ code: petriCode!, name: petriName, lines: petriDetail ? [petriDetail] : [] })
