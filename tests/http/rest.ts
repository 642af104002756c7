import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { bearer, call, signIn, type Answer } from './people.ts'
import { readStack } from './stack.ts'

const stack = readStack()

/** How the law words a denial over REST. */
export interface Refused {
  code: string
  message: string
  /** JSON for programs, as text. */
  details: string | null
  hint: string | null
}

export interface Sample {
  id: string
  lab_id: string
  project_id: string
  code: string
  name: string
  sample_type: string
  description: string
  status: string
  amount: number | null
  amount_unit: string | null
  synthetic: boolean
  version: number
}

/** Asks PostgREST itself, whatever binary that is; `null` asks as nobody. Writes answer with what was written. */
export function rest<Body = unknown>(
  token: string | null, path: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET', body?: unknown,
): Promise<Answer<Body>> {
  const headers = { ...(token === null ? {} : bearer(token)), 'content-type': 'application/json', prefer: 'return=representation' }
  return call<Body>(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, stack.urls.rest)
}

export const tokenOf = async (login: string): Promise<string> => (await signIn(login)).access_token

/** Runs `work` as the owner of the tables, who sees every row there is. */
export async function asOwner<T>(work: (db: Client) => Promise<T>): Promise<T> {
  const db = new Client({ connectionString: stack.databases.migrator })
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}

/** Where new samples of project Enzymology belong. */
export async function placeOfSamples(token: string): Promise<{ lab_id: string, project_id: string }> {
  const { body: [project] } = await rest<{ id: string, lab_id: string }[]>(token, 'projects?code=eq.ENZ&select=id,lab_id')
  if (!project) throw new Error('this person sees no project ENZ')
  return { lab_id: project.lab_id, project_id: project.id }
}

/** A new sample of a name of its own. */
export async function registerSample(token: string, fields: Partial<Sample> = {}): Promise<Sample> {
  const sample = { ...await placeOfSamples(token), name: `Test ${randomUUID()}`, sample_type: 'test', ...fields }
  const { status, body } = await rest<Sample[]>(token, 'samples', 'POST', sample)
  if (status !== 201) throw new Error(`no sample was registered: ${status} ${JSON.stringify(body)}`)
  return body[0]!
}

export async function readSample(token: string, id: string): Promise<Sample> {
  const { body: [sample] } = await rest<Sample[]>(token, `samples?id=eq.${id}`)
  if (!sample) throw new Error(`sample ${id} is not seen`)
  return sample
}

export const editSample = <Body = Sample[]>(token: string, id: string, edit: Partial<Sample>): Promise<Answer<Body>> =>
  rest<Body>(token, `samples?id=eq.${id}`, 'PATCH', edit)
