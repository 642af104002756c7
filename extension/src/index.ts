import { cellsPlugin } from './cells/plugin.ts'
import { plotlyPlugin } from './plotly/plugin.ts'
import { recordsPlugin } from './records/plugin.ts'
import { sessionPlugin } from './session/plugin.ts'
import { sidebarPlugin } from './sidebar/plugin.tsx'

export { ISession } from './tokens.ts'
// JupyterLab reads its plugins from the default export.
export default [sessionPlugin, sidebarPlugin, recordsPlugin, cellsPlugin, plotlyPlugin]
