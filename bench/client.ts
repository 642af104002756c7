import { createRequire } from 'node:module'
import type { Lab } from '@petri/client'
import type { StackDescription } from '../hub/stack/description.ts'
import type { Person } from './person.ts'

// The very file that a notebook's kernel loads.
const { connect } = createRequire(import.meta.url)('@petri/client') as typeof import('@petri/client')

/** The lab as this person's notebook has it. */
export const openLab = ({ urls }: StackDescription, { hubToken }: Person): Promise<Lab> =>
  connect({ gatewayUrl: urls.gateway, hubToken: () => hubToken })
