import { hold, type Check } from './check.ts'
import { json, signIn, type Session } from './people.ts'

interface Reply {
  data?: { __schema: { queryType: { fields: { name: string }[] } } }
  errors?: unknown[]
}

export const check: Check = {
  name: 'graphql',
  async run(stack) {
    const session = await signIn(stack, 'dina')
    const fields = await queryFields(session, session.graphql_url)
    hold(fields.some((name) => /samples/i.test(name)), `no samples among ${fields.slice(0, 8).join(', ')} …`)
    const nobody = await fetch(session.graphql_url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{__typename}"}' })
    hold(nobody.status === 401, `nobody was answered with ${nobody.status}, not 401`)
    return { queryFields: fields.length }
  },
}

async function queryFields({ access_token }: Session, url: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }
  const query = '{ __schema { queryType { fields { name } } } }'
  const { data, errors } = await json<Reply>(await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) }))
  if (!data) throw new Error(JSON.stringify(errors))
  return data.__schema.queryType.fields.map(({ name }) => name)
}
