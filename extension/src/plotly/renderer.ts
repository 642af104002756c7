import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { Widget } from '@lumino/widgets'
import type { Drawing, Figure } from './draw.ts'

/** A figure in a notebook's output. */
export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  #mimeType: string
  #drawing: Drawing | undefined

  constructor(mimeType: string) {
    super()
    this.#mimeType = mimeType
    this.addClass('petri-Figure')
    this.addClass('petri-mod-output')
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { drawFigure } = await import('./draw.ts')
    if (this.isDisposed) return
    this.#drawing?.dispose()
    this.#drawing = await drawFigure(this.node, model.data[this.#mimeType] as unknown as Figure)
  }

  dispose(): void {
    this.#drawing?.dispose()
    super.dispose()
  }
}
