import { seconds } from './bootstrap/terminal.mjs'
import type { StackDescription } from './description.ts'

/** What a person reads when the lab is up. */
export function welcome({ urls, people, logs, dataDir }: StackDescription, tookMs: number): string {
  const rows = people.map(({ login, password, name, role, lab }) => `    ${login.padEnd(6)} ${password}   ${name}, ${role}, ${lab}`)
  return `
  Petri is ready after ${seconds(tookMs)}:  ${urls.public}

  Sign in; each password is this lab’s own:
${rows.join('\n')}

  data  ${dataDir}
  logs  ${logs}

  Everything listens on this machine alone and runs under one account: whoever can run a notebook
  here can read everything here. For a lab of people who must not, use docker-compose.yml.
  Ctrl-C stops it.
`
}
