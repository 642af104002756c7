import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette } from '@jupyterlab/apputils'
import { commandIds, ISession } from '../tokens.ts'
import { showDialog } from '../ui/dialog.tsx'
import { entryIcon, experimentIcon, runIcon, sampleIcon } from '../ui/icons.ts'
import { labOf } from '../ui/lab.ts'
import { CREATABLE, type Creatable } from './forms.ts'

const WORDS = { sample: 'New Sample…', experiment: 'New Experiment…', entry: 'New Entry…', sop_run: 'Start SOP Run…' } as const
const ICONS = { sample: sampleIcon, experiment: experimentIcon, entry: entryIcon, sop_run: runIcon } as const

/** Makes samples, experiments, entries and SOP runs; the dialog is a chunk of its own. */
export const createPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:create',
  description: 'Dialogs that make records.',
  autoStart: true,
  requires: [ISession],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, session: ISession, palette: ICommandPalette | null) => {
    app.commands.addCommand(commandIds.createRecord, {
      label: args => WORDS[kindOf(args) ?? 'sample'],
      icon: args => ICONS[kindOf(args) ?? 'sample'],
      describedBy: { args: ARGUMENTS },
      execute: async args => {
        const kind = kindOf(args)
        if (!kind) throw new Error(`petri:create-record needs a kind: expected one of ${CREATABLE.join(', ')}`)
        const { CreateDialog } = await import('./dialog.tsx')
        return showDialog(labOf(app, session), close => <CreateDialog kind={kind} given={textsOf(args['given'])} onClose={close} />)
      },
    })
    for (const kind of CREATABLE) palette?.addItem({ command: commandIds.createRecord, args: { kind }, category: 'Petri' })
  },
}

const ARGUMENTS = {
  type: 'object',
  properties: { kind: { type: 'string', enum: [...CREATABLE] }, given: { type: 'object', additionalProperties: { type: 'string' } } },
  required: ['kind'],
} as const

const kindOf = ({ kind }: { kind?: unknown }): Creatable | undefined => CREATABLE.find(known => known === kind)

const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
