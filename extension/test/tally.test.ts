import type { Item } from '../src/intake/rows.ts'
import { awaited, gaps, markMissing, say, scan, tallies, toItems, type Tally } from '../src/intake/tally.ts'

const item = (sender_code: string, outcome: Item['outcome'] = 'awaited'): Item => ({ sender_code, outcome, sample_type: 'plasma' }) as Item
const ITEMS = [item('CE-01'), item('CE-02'), item('CE-03', 'received'), item('CE-04', 'missing')]

test('a scan ticks what is awaited or was missing, in good condition', () => {
  expect(scan({}, ITEMS, 'CE-01')).toEqual({ code: 'CE-01', scan: 'ticked', tally: { 'CE-01': { outcome: 'received', condition: 'good' } } })
  expect(scan({}, ITEMS, 'CE-04').scan).toBe('ticked')
})

test('a scanner in capitals means the same tube', () => {
  expect(scan({}, ITEMS, 'ce-02')).toMatchObject({ code: 'CE-02', scan: 'ticked' })
})

test('the same tube twice, one received before and one not on the list change nothing', () => {
  const tally: Tally = { 'CE-01': { outcome: 'received', condition: 'thawed' } }
  for (const [code, found] of [['CE-01', 'again'], ['CE-03', 'received before'], ['X-1', 'not on the list']] as const) {
    expect(scan(tally, ITEMS, code)).toEqual({ code, scan: found, tally })
  }
})

test('what was marked missing and then turns up is ticked', () => {
  const tally = markMissing({}, ['CE-01', 'CE-02'])
  expect(awaited(tally, ITEMS)).toEqual([])
  expect(scan(tally, ITEMS, 'CE-02').tally['CE-02']).toEqual({ outcome: 'received', condition: 'good' })
})

test('another condition needs words, and an unexpected tube its kind', () => {
  expect(gaps({ a: { outcome: 'received', condition: 'other' }, b: { outcome: 'unexpected', condition: 'good' }, c: { outcome: 'missing' } }))
    .toEqual({ a: 'Say in what condition it is.', b: 'Say what kind of sample it is.' })
})

test('it is sent as the lab takes it, and taken back without a trace', () => {
  const tally = say(scan({}, ITEMS, 'CE-01').tally, 'CE-02', { outcome: 'missing' })
  expect(toItems(tally)).toEqual([{ code: 'CE-01', outcome: 'received', condition: 'good' }, { code: 'CE-02', outcome: 'missing' }])
  expect(say(tally, 'CE-02', undefined)).toEqual({ 'CE-01': { outcome: 'received', condition: 'good' } })
})

test('what is ticked outlives a reload, for its person alone', () => {
  localStorage.clear()
  tallies.keep('tess', 'one', { a: { outcome: 'missing' } })
  expect(tallies.read('tess', 'one')).toEqual({ a: { outcome: 'missing' } })
  expect(tallies.read('arno', 'one')).toEqual({})
  tallies.keep('tess', 'one', {})
  expect(localStorage.length).toBe(0)
})
