import { adminPlugin } from './admin/plugin.tsx'
import { cellsPlugin } from './cells/plugin.ts'
import { createPlugin } from './create/plugin.tsx'
import { labelsPlugin } from './labels/plugin.tsx'
import { listsPlugin } from './lists/plugin.tsx'
import { plotlyPlugin } from './plotly/plugin.ts'
import { recordsPlugin } from './records/plugin.ts'
import { sessionPlugin } from './session/plugin.ts'
import { sidebarPlugin } from './sidebar/plugin.tsx'
import { sopPlugin } from './sop/plugin.ts'

export { ISession } from './tokens.ts'
// JupyterLab reads its plugins from the default export.
export default [sessionPlugin, sidebarPlugin, recordsPlugin, cellsPlugin, sopPlugin, createPlugin, listsPlugin, labelsPlugin, plotlyPlugin, adminPlugin]
