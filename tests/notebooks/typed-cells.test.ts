/** What is wrong about a question to the lab is found by the kernel's compiler, before anything is asked. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { passwordOf } from '../http/people.ts'
import { readStack } from '../http/stack.ts'
import { loginToHub, spawn, startKernel, type Kernel } from './kernel.ts'
import { printed } from './notebook.ts'

const wrong: [what: string, cell: string, complaint: RegExp][] = [
  ['a table', `await lab.smaples.count()`, /Property 'smaples' does not exist/],
  ['a column', `await lab.samples.select('coed').rows()`, /'"coed"' is not assignable/],
  ['a column in a condition', `await lab.samples.where({ coed: 'S-1' }).rows()`, /'coed' does not exist/],
  ['the type of a condition', `await lab.measurements.where({ value: { gt: '5' } }).count()`, /'string' is not assignable to type 'number'/],
  ['a unit', `await lab.measurements.where({ unit: 'mg/LL' }).count()`, /'"mg\/LL"' is not assignable/],
  ['a row to register', `await lab.samples.insert([{ sample_type: 'plasma' }])`, /missing the following properties/],
  ['a function', `await lab.call('strat_run', {})`, /'"strat_run"' is not assignable/],
  ['the type of an argument', `await lab.call('search_records', { kind: 'sample', most: '5' })`, /'string' is not assignable to type 'number'/],
]

describe('a cell of a TypeScript notebook', () => {
  let kernel: Kernel

  before(async () => {
    kernel = await startKernel(await spawn(await loginToHub(readStack().urls.public, 'dina', passwordOf('dina'))))
    const { status, outputs } = await kernel.executeCell(`import { connect } from '@petri/client'\nconst lab = await connect()`)
    assert.equal(status, 'ok', JSON.stringify(outputs))
  }, { timeout: 240_000 })
  after(() => kernel?.shutdown())

  test('compiles what is right', async () => {
    const cell = await kernel.executeCell(`console.log(await lab.measurements.where({ value: { gt: 5 }, unit: 'ng/mL' }).count() >= 0)`)
    assert.equal(printed(cell).trim(), 'true')
  })

  test('registers rows and edits one', async () => {
    const { status, outputs } = await kernel.executeCell(`
      const project = await lab.projects.first()
      const made = await lab.samples.insert([
        { project_id: project!.id, name: 'Typed cell A', sample_type: 'plasma' },
        { project_id: project!.id, name: 'Typed cell "B" 🧪', sample_type: 'plasma', description: 'second' },
      ])
      const edited = await lab.samples.edit(made[1]!, { description: 'edited' })
      console.log(JSON.stringify([made.map(({ name, version }) => [name, version]), edited.description, edited.version]))`)
    assert.equal(status, 'ok', JSON.stringify(outputs))
    assert.deepEqual(JSON.parse(outputs[0]!.text!), [[['Typed cell A', 1], ['Typed cell "B" 🧪', 1]], 'edited', 2])
  })

  for (const [what, source, complaint] of wrong) {
    test(`does not compile with ${what} that is wrong`, async () => {
      const cell = await kernel.executeCell(source)
      assert.equal(cell.status, 'error')
      assert.match(printed(cell), complaint)
    })
  }
})
