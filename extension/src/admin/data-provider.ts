import { HttpError, type DataProvider, type Identifier, type RaRecord } from 'react-admin'
import { asPetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'
import { changedFields, searchFilter } from './query.ts'
import type { ReferenceTable } from './tables.ts'

interface Governed extends RaRecord {
  version: number
}

/** React-Admin's questions, put to the lab. An edit names the version it saw, and sends only what changed. */
export function createDataProvider(session: Session, tables: readonly ReferenceTable[]): DataProvider {
  const one = async (resource: string, id: Identifier): Promise<Governed> => {
    const [row] = await session.read<Governed>(resource, { id: `eq.${id}` })
    if (!row) throw new HttpError('There is no such record that you may see.', 404)
    return row
  }
  const provider = {
    async getList(resource: string, { pagination, sort, filter, signal }: ListParams) {
      const { page, perPage } = pagination ?? { page: 1, perPage: 25 }
      const { field, order } = sort ?? { field: 'id', order: 'ASC' }
      const rows = await session.read<Governed>(resource, {
        ...searchFilter(tables.find(({ name }) => name === resource), filter?.['q']),
        order: `${field}.${order.toLowerCase()},id.asc`, offset: (page - 1) * perPage, limit: perPage + 1,
      }, { signal })
      // How many there are is known on the last page only; counting all would read them all.
      if (rows.length <= perPage) return { data: rows, total: (page - 1) * perPage + rows.length }
      return { data: rows.slice(0, perPage), pageInfo: { hasNextPage: true, hasPreviousPage: page > 1 } }
    },
    getOne: async (resource: string, { id }: { id: Identifier }) => ({ data: await one(resource, id) }),
    getMany: async (resource: string, { ids }: { ids: Identifier[] }) => ({ data: await session.read<Governed>(resource, { id: `in.(${ids.join(',')})` }) }),
    async create(resource: string, { data }: { data: object }) {
      const { lab_id } = await session.identify()
      return { data: await session.insert<Governed>(resource, { ...data, lab_id }) }
    },
    async update(resource: string, { id, data, previousData }: { id: Identifier; data: Partial<Governed>; previousData: Governed }) {
      return { data: await session.edit<Governed>(resource, String(id), previousData.version, changedFields(previousData, data)) }
    },
  }
  return inWords(provider) as unknown as DataProvider
}

interface ListParams {
  pagination?: { page: number; perPage: number }
  sort?: { field: string; order: 'ASC' | 'DESC' }
  filter?: Record<string, string>
  signal?: AbortSignal
}

/** React-Admin shows the message of an error: it becomes the lab's sentence, with its hint. */
function inWords<Provider extends Record<string, (resource: string, params: never) => Promise<unknown>>>(provider: Provider): Provider {
  return Object.fromEntries(Object.entries(provider).map(([name, method]) => [name, async (resource: string, params: never) => {
    try {
      return await method(resource, params)
    } catch (reason) {
      const { message, hint, status } = asPetriError(reason)
      throw new HttpError(hint ? `${message} ${hint}` : message, status)
    }
  }])) as Provider
}
