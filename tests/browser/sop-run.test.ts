import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { asOwner, rest, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, openRecord, passwordOf, photograph, readStack, recordPage, type Lab } from './lab.ts'

const stack = readStack()
const name = `Bradford ${randomUUID().slice(0, 8)}`
let browser: Browser
let tess: Lab
let run: Locator
let runId: string

before(async () => {
  runId = await startRun()
  browser = await openBrowser(stack)
  tess = await openLab(browser, stack, 'tess')
  // JupyterLab says for itself that its server and its files are gone; a person puts that aside.
  await tess.page.addLocatorHandler(tess.page.locator('dialog.jp-Dialog'), () => tess.page.keyboard.press('Escape'))
  run = await openRecord(tess, 'SOP runs', name)
})
after(() => browser.close())

async function startRun(): Promise<string> {
  const token = await tokenOf('tess')
  const { body: [project] } = await rest<{ id: string }[]>(token, 'projects?code=eq.IMM&select=id')
  const { body } = await rest<{ run_id: string }>(token, 'rpc/start_run', 'POST', { sop: 'BRADFORD', project_id: project!.id, name })
  return body.run_id
}

const step = (key: string): Locator => run.locator(`[data-petri-step="${key}"]`)
const field = (key: string, label: string): Locator => step(key).getByLabel(label, { exact: true })
const stateOf = async (key: string, state: string): Promise<void> => step(key).locator('.petri-Step-head').getByText(state, { exact: true }).waitFor()
const record = (key: string): Promise<void> => step(key).getByRole('button', { name: 'Record', exact: true }).click()

/** What the database holds, whatever the panel shows. */
const recordsInDatabase = (): Promise<{ key: string, fields: Record<string, { reported?: string, value?: unknown }>, happened_at: Date, created_at: Date }[]> =>
  asOwner(async db => (await db.query(`
    select s.key, r.fields, r.happened_at, r.created_at
    from lab.step_records r
    join lab.run_steps w on w.id = r.run_step_id
    join lab.sop_steps s on s.id = w.sop_step_id
    where w.sop_run_id = $1
    order by r.created_at, r.happened_at`, [runId])).rows)

test('a required field blocks: nothing is recorded until it has a value or a reason', async () => {
  await stateOf('identify', 'ready')
  await record('identify')
  assert.equal(await step('identify').getByText('Required. Give a value, or say “not obtained” with a reason.').count(), 2)
  assert.deepEqual(await recordsInDatabase(), [])
})

test('the database refuses an unknown sample, and its words stand at the field', async () => {
  await field('identify', 'Sample').fill('S-2222222')
  await field('identify', 'Lot of the dye reagent').fill('LOT-7')
  await record('identify')
  await stateOf('identify', 'refused')
  await step('identify').locator('.petri-StepField').filter({ hasText: 'Sample' }).getByText('There is no sample "S-2222222" that you may see.').waitFor()
  await run.getByText('Waiting to be sent (1)').waitFor()
  assert.equal(await field('identify', 'Lot of the dye reagent').inputValue(), 'LOT-7')
  await photograph(tess.page, 'sop-refused')
  await field('identify', 'Sample').fill(await codeOf('Lysate 1'))
  await step('identify').getByRole('button', { name: 'Record again' }).click()
  await stateOf('identify', 'completed')
})

const codeOf = (sample: string): Promise<string> =>
  asOwner(async db => (await db.query('select code from lab.samples where name = $1', [sample])).rows[0].code as string)

test('half-typed values outlive a reload', async () => {
  await field('dye_sample', 'Volume of dye reagent').fill('5.0')
  await tess.page.waitForTimeout(1_500) // JupyterLab keeps its layout a moment after it changed
  await tess.page.reload()
  run = await recordPage(tess.page, name)
  assert.equal(await field('dye_sample', 'Volume of dye reagent').inputValue(), '5.0')
})

test('a decimal comma is asked about; a value out of range warns before it is sent', async () => {
  await field('dye_blank', 'Volume of dye reagent').fill('4,80')
  await step('dye_blank').getByRole('button', { name: 'Yes, 4.80' }).click()
  await step('dye_blank').getByText('Outside 4.9 to 5.1 mL. It can be recorded, and opens a deviation.').waitFor()
})

test('without a network work goes on; when it returns, every act arrives once, in order, at its own time', async () => {
  await tess.context.setOffline(true)
  await field('dye_sample', 'Volume of dye reagent').fill('5.00')
  await record('dye_sample')
  await stateOf('dye_sample', 'waiting to be sent')
  await record('dye_blank')
  await field('incubate', 'Incubation time').fill('10')
  await record('incubate')
  await run.getByText('Waiting to be sent (3)').waitFor()
  await step('read').getByRole('button', { name: 'Report a deviation' }).click()
  await field('read', 'What happened').fill('The lamp <b>flickered</b> once.')
  await step('read').getByRole('button', { name: 'Report', exact: true }).click()
  await run.getByText('Waiting to be sent (4)').waitFor()
  await run.getByText('Offline. What you record is kept on this device').waitFor()
  await photograph(tess.page, 'sop-offline', ['light']) // the dark theme would have to be fetched
  assert.deepEqual((await recordsInDatabase()).map(({ key }) => key), ['identify'])
  const returned = Date.now()
  await tess.context.setOffline(false)
  await stateOf('incubate', 'completed')
  await run.getByText('Waiting to be sent').waitFor({ state: 'detached' })
  const records = await recordsInDatabase()
  assert.deepEqual(records.map(({ key }) => key), ['identify', 'dye_sample', 'dye_blank', 'incubate'])
  assert.ok(records.slice(1).every(({ happened_at, created_at }) => happened_at.getTime() < returned && created_at.getTime() >= returned - 2_000))
  assert.equal(records[1]!.fields['dye_volume']!.reported, '5.00')
  await step('dye_blank').getByText('"Volume of dye reagent" was 4.80 mL; expected 4.9 to 5.1 mL.').waitFor()
  await step('read').getByText('The lamp <b>flickered</b> once.').waitFor()
})

test('"not obtained" takes a reason in the place of a value', async () => {
  await step('read').getByRole('checkbox', { name: 'not obtained, Absorbance at 595 nm' }).check()
  await field('read', 'Reason why it was not obtained').fill('The cuvette broke.')
  await field('read', 'Colour of the tube').selectOption('blue')
  await record('read')
  await stateOf('read', 'completed')
  await step('read').getByText('not obtained: The cuvette broke.', { exact: true }).waitFor()
  await step('approve').getByText('This step needs the role reviewer.').waitFor()
  await photograph(tess.page, 'sop-run')
  assert.deepEqual(tess.faults, [])
})

test('the reviewer signs on the gateway’s own page, and the run is completed', async () => {
  const rhea = await openLab(browser, stack, 'rhea')
  run = await openRecord(rhea, 'SOP runs', name)
  const opened = rhea.context.waitForEvent('page')
  await step('approve').getByRole('button', { name: 'Sign…' }).click()
  const page = await opened
  await page.getByLabel(/Password/).fill('not the password')
  await page.getByRole('button', { name: 'Sign' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel(/Password/).fill(passwordOf(stack, 'rhea'))
  await page.getByRole('button', { name: 'Sign' }).click()
  await page.getByRole('status').filter({ hasText: 'has signed' }).waitFor()
  await page.close()
  await step('approve').getByText('Signed by Rhea Castellan as approved').waitFor()
  await run.locator('.petri-Head').getByText('completed', { exact: true }).waitFor()
  await photograph(rhea.page, 'sop-signed')
  assert.deepEqual(rhea.faults, [])
})
