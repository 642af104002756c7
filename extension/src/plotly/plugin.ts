import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IRenderMimeRegistry } from '@jupyterlab/rendermime'
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { FigureRenderer } from './renderer.ts'

export const PLOTLY_MIME = 'application/vnd.plotly.v1+json'

/** Draws Plotly figures of notebooks, unless another extension already does: adding a factory would replace it. */
export const plotlyPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:plotly',
  description: 'Draws Plotly figures where nothing else does.',
  autoStart: true,
  optional: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry | null) => {
    void app.started.then(() => {
      if (registry && !registry.getFactory(PLOTLY_MIME)) registry.addFactory(factory)
    })
  },
}

const factory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [PLOTLY_MIME],
  defaultRank: 50,
  createRenderer: () => new FigureRenderer(PLOTLY_MIME),
}
