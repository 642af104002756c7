import type { JupyterFrontEndPlugin } from '@jupyterlab/application'
import { PageConfig } from '@jupyterlab/coreutils'
import { ISession } from '../tokens.ts'
import { LabSession } from './session.ts'

/** Nothing is fetched here: the first panel that is shown asks first. */
export const sessionPlugin: JupyterFrontEndPlugin<ISession> = {
  id: '@petri/jupyterlab:session',
  description: 'The lab, seen through the person who is signed in.',
  autoStart: true,
  provides: ISession,
  activate: () => new LabSession({ baseUrl: gatewayUrl(), hubToken: PageConfig.getToken() }),
}

/** The Hub serves Petri beside itself: `/hub/` and `/services/petri/` under one prefix. */
function gatewayUrl(): string {
  const hub = PageConfig.getOption('hubPrefix') || '/hub/'
  return new URL('../services/petri/', new URL(hub.replace(/\/*$/, '/'), window.location.origin)).href
}
