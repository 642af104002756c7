import { openLab, type Lab } from './lab.ts'
import { PetriError } from './petri-error.ts'
import { gatewayAccess, type AccessSource } from './session/token.ts'

export interface ConnectOptions {
  /** Base of the gateway. In a kernel: `PETRI_GATEWAY_URL`. */
  gatewayUrl?: string
  /** Gives the Hub's token of the person. In a kernel: `JUPYTERHUB_API_TOKEN`. */
  hubToken?: () => string
  /** Access from elsewhere than the gateway. */
  access?: AccessSource
  fetch?: typeof globalThis.fetch
}

/**
 * Opens the lab as the person whose kernel or page this is. In a kernel it needs no options.
 * @throws PetriError when there is no gateway, or when it does not know the person
 */
export async function connect(options: ConnectOptions = {}): Promise<Lab> {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis)
  return openLab(options.access ?? gatewayAccess({ ...gatewayOf(options), fetch }), fetch)
}

function gatewayOf({ gatewayUrl, hubToken }: ConnectOptions): { gatewayUrl: string, hubToken: () => string } {
  return {
    gatewayUrl: gatewayUrl ?? demandVariable('PETRI_GATEWAY_URL'),
    hubToken: hubToken ?? (() => demandVariable('JUPYTERHUB_API_TOKEN')),
  }
}

function demandVariable(name: string): string {
  const value = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env[name]
  if (value) return value
  throw new PetriError(`No Petri gateway: ${name} is not set.`, {
    code: 'no_gateway', hint: 'Open the notebook from the lab\'s Hub (`npm start`), or give connect() a gatewayUrl and a hubToken.',
  })
}
