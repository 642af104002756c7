import { ReactWidget } from '@jupyterlab/ui-components'
import type { IDisposable } from '@lumino/disposable'
import type { Message } from '@lumino/messaging'
import type { ReactElement } from 'react'
import { LabContext, type Lab } from './lab.ts'

/** A view in JupyterLab's shell. It watches the lab's changes while it can be seen, and not otherwise. */
export class LabWidget extends ReactWidget {
  #lab: Lab
  #view: ReactElement
  #watch: IDisposable | undefined

  constructor(lab: Lab, view: ReactElement) {
    super()
    this.#lab = lab
    this.#view = view
    this.addClass('petri-Widget')
  }

  protected render(): ReactElement {
    return <LabContext.Provider value={this.#lab}>{this.#view}</LabContext.Provider>
  }

  protected onAfterShow(message: Message): void {
    super.onAfterShow(message)
    this.#watch ??= this.#lab.session.watch()
  }

  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message)
    if (this.isVisible) this.#watch ??= this.#lab.session.watch()
  }

  protected onBeforeHide(message: Message): void {
    this.#rest()
    super.onBeforeHide(message)
  }

  protected onBeforeDetach(message: Message): void {
    this.#rest()
    super.onBeforeDetach(message)
  }

  #rest(): void {
    this.#watch?.dispose()
    this.#watch = undefined
  }
}
