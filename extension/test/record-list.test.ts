import { RecordList, type RecordRow } from '../src/sidebar/record-list.ts'
import { FakeSession } from './fake-session.ts'

const row = (n: number): RecordRow => ({ kind: 'sample', id: String(n), code: `S-${n}`, name: `Sample ${n}`, detail: '', status: 'available', project: 'ENZ', created_at: '' })

/** A lab of `count` samples, the newest first. */
function labOf(count: number): FakeSession {
  const lab = new FakeSession()
  const rows = Array.from({ length: count }, (_, n) => row(count - n))
  lab.answer = (_, { before_id, most }) => rows.filter(({ id }) => before_id === null || Number(id) < Number(before_id)).slice(0, Number(most))
  return lab
}

test('a long list is read page by page, from the last row on', async () => {
  const lab = labOf(120)
  const list = new RecordList(lab.session, 'sample')
  await list.search('')
  await list.loadMore()
  await list.loadMore()
  expect(list.state.rows).toHaveLength(120)
  expect(list.state.more).toBe(false)
  expect(lab.calls.map(({ args }) => args['before_id'])).toEqual([null, '71', '21'])
})

test('an answer that comes late does not overwrite a newer one', async () => {
  const lab = new FakeSession()
  let finishFirst = (_: RecordRow[]): void => {}
  lab.answer = (_, { query }) => query === 'old' ? new Promise(resolve => { finishFirst = resolve }) : [row(2)]
  const list = new RecordList(lab.session, 'sample')
  const first = list.search('old')
  await list.search('new')
  finishFirst([row(1)])
  await first
  expect(list.state).toMatchObject({ query: 'new', rows: [{ id: '2' }] })
})

test('a lost network leaves the rows that were read', async () => {
  const lab = labOf(3)
  const list = new RecordList(lab.session, 'sample')
  await list.search('')
  lab.online = false
  await list.refresh()
  expect(list.state.rows).toHaveLength(3)
  expect(list.state.error?.offline).toBe(true)
})
