import { PetriError } from '../src/session/error.ts'
import { Outbox, type CallAct, type RecordAct, type StepAct } from '../src/outbox/outbox.ts'
import { FakeSession } from './fake-session.ts'

const act = (step: string, run = 'run-1'): RecordAct =>
  ({ type: 'record', key: `key of ${step} in ${run}`, run_id: run, step, fields: {}, happened_at: '2026-01-05T09:00:00Z' })

const refusal = (): never => {
  throw new PetriError({ code: 'PL014', message: 'Field "lot" does not accept 5.', details: { field: 'lot' } }, 422)
}

beforeEach(() => localStorage.clear())

test('acts recorded without a network are sent in their order when it returns', async () => {
  const lab = new FakeSession()
  lab.online = false
  const outbox = new Outbox(lab.session, 'tess')
  for (const step of ['identify', 'dye', 'read']) outbox.add(act(step))
  await outbox.send()
  expect(outbox.waiting).toHaveLength(3)

  lab.goOnline(true)
  await outbox.send()
  expect(lab.calls.map(({ args }) => args['step'])).toEqual(['identify', 'dye', 'read'])
  expect(outbox.waiting).toEqual([])
})

test('an act is in the browser before it is sent, and outlives a reload', () => {
  const lab = new FakeSession()
  lab.answer = () => new Promise(() => {})
  new Outbox(lab.session, 'tess').add(act('identify'))
  expect(new Outbox(new FakeSession().session, 'tess').waiting.map(({ act }) => (act as StepAct).step)).toEqual(['identify'])
})

test('an act that was sent twice carries the same key and the same time', async () => {
  const lab = new FakeSession()
  const outbox = new Outbox(lab.session, 'tess')
  let lost = true
  lab.answer = () => {
    if (lost) throw new PetriError({ code: 'offline', message: 'The answer got lost.' }, 0)
    return {}
  }
  outbox.add(act('identify'))
  await outbox.send()
  lost = false
  await outbox.send()
  const [first, second] = lab.calls
  expect(second).toEqual(first)
})

test('a refused act stays with its refusal, and what follows it in the run waits', async () => {
  const lab = new FakeSession()
  lab.answer = (_, { step }) => step === 'identify' ? refusal() : {}
  const outbox = new Outbox(lab.session, 'tess')
  outbox.add(act('identify'))
  outbox.add(act('dye'))
  outbox.add(act('identify elsewhere', 'run-2'))
  await outbox.send()
  expect(outbox.waiting.map(({ act, refusal }) => [(act as StepAct).step, refusal?.code])).toEqual([['identify', 'PL014'], ['dye', undefined]])
})

test('a corrected act takes the place of the refused one, before what followed', async () => {
  const lab = new FakeSession()
  lab.answer = (_, { act_key }) => act_key === 'corrected' || act_key !== 'key of identify in run-1' ? {} : refusal()
  const outbox = new Outbox(lab.session, 'tess')
  outbox.add(act('identify'))
  outbox.add(act('dye'))
  await outbox.send()
  outbox.replace('key of identify in run-1', { ...act('identify'), key: 'corrected' })
  await outbox.send()
  expect(outbox.waiting).toEqual([])
  expect(lab.calls.map(({ args }) => args['act_key'])).toEqual(['key of identify in run-1', 'corrected', 'key of dye in run-1'])
})

test('a fault of the server says nothing about the act: it waits', async () => {
  const lab = new FakeSession()
  lab.answer = () => { throw new PetriError({ code: '500', message: 'The server answered with status 500.' }, 500) }
  const outbox = new Outbox(lab.session, 'tess')
  outbox.add(act('identify'))
  await outbox.send()
  expect(outbox.waiting[0]?.refusal).toBeUndefined()
})

test('the acts of one person are not sent by another', async () => {
  const lab = new FakeSession()
  lab.online = false
  new Outbox(lab.session, 'tess').add(act('identify'))
  expect(new Outbox(new FakeSession().session, 'arno').waiting).toEqual([])
})

test('any act of the lab is a call: acts on different tubes do not wait for each other, and the answer is handed on', async () => {
  const lab = new FakeSession()
  lab.answer = (_, { items }) => items === 'unknown' ? refusal() : { racked: items }
  const outbox = new Outbox(lab.session, 'tess')
  const rack = (items: string): CallAct => ({ type: 'call', key: items, name: 'rack_materials', args: { items, act_key: items }, about: 'box', alone: true })
  const answers: unknown[] = []
  outbox.delivered.connect((_, { answer }) => answers.push(answer))
  outbox.add(rack('unknown'))
  outbox.add(rack('tube'))
  await outbox.send()
  expect(outbox.about('box').map(({ act, refusal }) => [act.key, refusal?.code])).toEqual([['unknown', 'PL014']])
  expect(outbox.of('box')).toEqual([])
  expect(answers).toEqual([{ racked: 'tube' }])
})
