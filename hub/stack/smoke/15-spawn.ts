import { callServer, loginToHub, spawn } from '../../../tests/notebooks/hub.ts'
import { hold, type Check } from './check.ts'
import { json, passwordOf, type Session } from './people.ts'

export const check: Check = {
  name: 'spawn',
  async run(stack) {
    const server = await spawn(await loginToHub(stack.urls.public, 'dina', passwordOf(stack, 'dina')))
    const { kernelspecs } = (await callServer(server, 'api/kernelspecs')) as { kernelspecs: Record<string, unknown> }
    hold('tslab' in kernelspecs, `no TypeScript kernel among ${Object.keys(kernelspecs).join(', ')}`)
    // The page's own token is good for Petri, as the sidebar needs.
    const headers = { authorization: `token ${server.token}` }
    const { person } = await json<Session>(await fetch(`${stack.urls.publicGateway}/token`, { method: 'POST', headers }))
    hold(person.login === 'dina', `the page's token is ${person.login}'s`)
    return { kernels: Object.keys(kernelspecs).length }
  },
}
