import { randomUUID } from 'node:crypto'
import { hold, type Check } from './check.ts'
import { rest, signIn, type Session } from './people.ts'

const acts: [step: string, fields: Record<string, unknown>][] = [
  ['dye_sample', { dye_volume: { value: 5, unit: 'mL' } }],
  // Out of range: recorded, with a deviation.
  ['dye_blank', { dye_volume: { value: 4.8, unit: 'mL', reported: '4.80' } }],
  ['incubate', { incubation_time: { value: 10, unit: 'min' } }],
  ['read', { absorbance: { value: 0.42, unit: '1' } }],
]

export const check: Check = {
  name: 'sop run',
  async run(stack) {
    const tess = await signIn(stack, 'tess')
    const [project] = await rest<{ id: string }[]>(tess, 'projects?code=eq.IMM&select=id')
    const [sample] = await rest<{ id: string; code: string }[]>(tess, `samples?project_id=eq.${project?.id}&limit=1&select=id,code`)
    const wish = { sop: 'BRADFORD', project_id: project?.id, name: 'Smoke run', sample_ids: [sample?.id] }
    const { run_id } = await rest<{ run_id: string }>(tess, 'rpc/start_run', wish)
    const isBlocked = await advance(tess, run_id, 'identify', {}).then(() => false, (error: Error) => /PL011/.test(error.message))
    hold(isBlocked, 'a required field did not block')
    await advance(tess, run_id, 'identify', { sample: { value: sample?.code }, reagent_lot: { value: 'SYN-002' } })
    for (const [step, fields] of acts) await advance(tess, run_id, step, fields)
    const states = await rest<{ key: string; state: string }[]>(tess, `run_steps?sop_run_id=eq.${run_id}&select=key,state`)
    const completed = states.filter(({ state }) => state === 'completed').length
    hold(completed === acts.length + 1, `steps: ${states.map(({ key, state }) => `${key} ${state}`).join(', ')}`)
    const deviations = await rest<unknown[]>(tess, `deviations?sop_run_id=eq.${run_id}`)
    hold(deviations.length === 1, `${deviations.length} deviations for one value out of range`)
    return { completed, deviations: deviations.length }
  },
}

const advance = (session: Session, runId: string, step: string, fields: Record<string, unknown>) =>
  rest(session, 'rpc/advance_run', { run_id: runId, step, fields, act_key: randomUUID() })
