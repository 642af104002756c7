import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ISession } from '../tokens.ts'
import { holdsActs, outboxOf } from '../outbox/outbox.ts'

/** Acts that an earlier visit could not send are sent once the lab can be reached, whether or not their run is open. */
export const sopPlugin: JupyterFrontEndPlugin<void> = {
  id: '@petri/jupyterlab:sop',
  description: 'Sends what was recorded without a network.',
  autoStart: true,
  requires: [ISession],
  activate: (app: JupyterFrontEnd, session: ISession) => {
    void app.restored.then(async () => {
      if (holdsActs()) await outboxOf(session, (await session.identify()).id).send()
    }).catch(() => {}) // not reachable now: opening a run tries again, and so does the network's return
  },
}
