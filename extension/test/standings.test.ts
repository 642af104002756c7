import { standings } from '../src/sop/standings.ts'
import type { Step } from '../src/sop/rows.ts'
import type { StepAct, Waiting } from '../src/outbox/outbox.ts'

const step = (key: string, state: Step['state'], needs: string[] = []): Step => ({ key, state, needs }) as Step
const recorded = (key: string, refusal?: Waiting['refusal']): Waiting<StepAct> =>
  ({ act: { type: 'record', key: `act of ${key}`, run_id: 'run', step: key, fields: {}, happened_at: '' }, ...(refusal && { refusal }) })

const STEPS = [
  step('identify', 'ready'),
  step('dye sample', 'waiting', ['identify']),
  step('dye blank', 'waiting', ['identify']),
  step('incubate', 'waiting', ['dye sample', 'dye blank']),
]

test('without acts on their way, the steps stand as the database says', () => {
  expect([...standings(STEPS, []).values()]).toEqual(['ready', 'waiting', 'waiting', 'waiting'])
})

test('work goes on without a network: what waits to be sent makes its followers ready', () => {
  expect([...standings(STEPS, [recorded('identify')]).values()]).toEqual(['sent', 'ready', 'ready', 'waiting'])
  expect([...standings(STEPS, ['identify', 'dye sample', 'dye blank'].map(key => recorded(key))).values()]).toEqual(['sent', 'sent', 'sent', 'ready'])
})

test('nothing stands on a refused act', () => {
  expect([...standings(STEPS, [recorded('identify', { code: 'PL011', message: '' })]).values()]).toEqual(['refused', 'waiting', 'waiting', 'waiting'])
})
