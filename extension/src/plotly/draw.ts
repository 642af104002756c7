import Plotly from 'plotly.js-cartesian-dist-min'
import { themeLayout } from './theme.ts'

/** A Plotly figure, as stored with a result or sent by a kernel. */
export interface Figure {
  data: object[]
  layout?: object
  config?: object
}

export interface Drawing {
  dispose(): void
}

/** Draws into `host`, follows its size and JupyterLab's theme until disposed. */
export async function drawFigure(host: HTMLElement, figure: Figure): Promise<Drawing> {
  const config = { responsive: false, displaylogo: false, ...figure.config }
  const draw = (): Promise<unknown> => Plotly.react(host, structuredClone(figure.data), themeLayout(host, figure.layout), config)
  await draw()
  const sizes = new ResizeObserver(() => {
    if (host.clientWidth > 0) Plotly.Plots.resize(host)
  })
  sizes.observe(host)
  // The theme's name is an attribute of the body: no token of the application is needed to follow it.
  const themes = new MutationObserver(() => setTimeout(() => void draw(), 100))
  themes.observe(document.body, { attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] })
  return {
    dispose() {
      sizes.disconnect()
      themes.disconnect()
      Plotly.purge(host)
    },
  }
}
