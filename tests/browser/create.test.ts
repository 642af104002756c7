import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { asOwner } from '../http/rest.ts'
import { openBrowser, openLab, photograph, readStack, recordPage, showList, type Lab } from './lab.ts'

const stack = readStack()
const mark = randomUUID().slice(0, 8)
let browser: Browser
let arno: Lab

before(async () => {
  browser = await openBrowser(stack)
  arno = await openLab(browser, stack, 'arno')
})
after(() => browser.close())

const dialog = (name: string): Locator => arno.page.getByRole('dialog', { name })
async function chooseProject(form: Locator, code: string): Promise<void> {
  const option = form.getByLabel('Project').locator('option', { hasText: code })
  await option.waitFor({ state: 'attached' })
  await form.getByLabel('Project').selectOption(await option.getAttribute('value'))
}

const focused = (): Promise<string> => arno.page.evaluate('document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent')

test('a sample is registered with the keyboard alone, and what is missing is said at its field', async () => {
  await showList(arno, 'Samples')
  await arno.sidebar.getByRole('button', { name: 'New sample' }).focus()
  await arno.page.keyboard.press('Enter')
  await dialog('New sample').waitFor()
  assert.equal(await focused(), 'Name')
  await arno.page.keyboard.press('Enter')
  assert.equal(await dialog('New sample').getByText('Required.', { exact: true }).count(), 2)
  assert.equal(await focused(), 'Name')
  await arno.page.keyboard.type(`Serum ${mark}`)
  await arno.page.keyboard.press('Tab')
  assert.match(await focused(), /^Project/, 'also while the projects are on their way')
  await dialog('New sample').getByLabel('Project').locator('option', { hasText: 'ENZ' }).waitFor({ state: 'attached' })
  await arno.page.keyboard.type('ENZ')
  await arno.page.keyboard.press('Tab')
  await arno.page.keyboard.type('protein solution')
  await arno.page.keyboard.press('Tab')
  await arno.page.keyboard.type('1,5')
  await arno.page.keyboard.press('Enter')
  await dialog('New sample').getByText('Do you mean 1.5?').waitFor()
  await photograph(arno.page, 'create-sample')
  await arno.page.keyboard.press('Control+a')
  await arno.page.keyboard.type('1.5')
  await arno.page.keyboard.press('Tab')
  await arno.page.keyboard.type('mL')
  await arno.page.keyboard.press('Enter')
  const page = await recordPage(arno.page, `Serum ${mark}`)
  await page.getByText('1.5 mL').first().waitFor()
})

test('Escape leaves nothing behind and gives the focus back', async () => {
  const button = arno.sidebar.getByRole('button', { name: 'New sample' })
  await button.focus()
  await arno.page.keyboard.press('Enter')
  await dialog('New sample').waitFor()
  await arno.page.keyboard.press('Escape')
  await dialog('New sample').waitFor({ state: 'detached' })
  assert.ok(await button.evaluate((node: unknown) => node === (globalThis as unknown as { document: { activeElement: unknown } }).document.activeElement))
})

test('an experiment, an entry of it and a run for it follow each other', async () => {
  await showList(arno, 'Experiments')
  await arno.sidebar.getByRole('button', { name: 'New experiment' }).click()
  await dialog('New experiment').getByLabel('Name').fill(`Question ${mark}`)
  await chooseProject(dialog('New experiment'), 'ENZ')
  await dialog('New experiment').getByRole('button', { name: 'Register' }).click()
  const page = await recordPage(arno.page, `Question ${mark}`)
  await page.getByRole('button', { name: 'New entry…' }).click()
  await dialog('New entry').getByLabel('Title').fill(`First day ${mark}`)
  await dialog('New entry').getByRole('button', { name: 'Begin' }).click()
  const entry = arno.page.locator('.petri-Record:visible')
  await entry.getByRole('button', { name: 'Save' }).waitFor()
  assert.equal(await entry.getByText('This text has parts').count(), 0)
  const entries = await asOwner(async db => (await db.query('select x.name from lab.entries e join lab.experiments x on x.id = e.experiment_id where e.title = $1', [`First day ${mark}`])).rows)
  assert.deepEqual(entries, [{ name: `Question ${mark}` }])
})

test('a run is started once, on the samples that were scanned; an unknown code is said at its field', async () => {
  const code = await asOwner(async db => (await db.query('select code from lab.samples where name = $1', ['Lysate 1'])).rows[0].code as string)
  await showList(arno, 'SOP runs')
  await arno.sidebar.getByRole('button', { name: 'Start an SOP run' }).click()
  const form = dialog('Start an SOP run')
  await form.getByLabel('Procedure').selectOption('BRADFORD')
  await form.getByLabel('Name').fill(`Bradford ${mark}`)
  await chooseProject(form, 'IMM')
  await form.getByLabel('Samples').focus()
  await arno.page.keyboard.type('S-2222222\n')
  await form.getByRole('button', { name: 'Start' }).click()
  await form.getByRole('alert').filter({ hasText: 'No sample of yours carries the code S-2222222.' }).waitFor()
  await form.getByLabel('Samples').fill(code)
  await form.getByRole('button', { name: 'Start' }).click()
  await recordPage(arno.page, `Bradford ${mark}`)
  const runs = await asOwner(async db => (await db.query('select count(*)::int as n from lab.sop_runs where name = $1', [`Bradford ${mark}`])).rows)
  assert.deepEqual(runs, [{ n: 1 }])
  assert.deepEqual(arno.faults, [])
})
