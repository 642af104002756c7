import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { editSample, registerSample, rest, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, openRecord, photograph, readStack, recordPage, showList, type Lab } from './lab.ts'

const stack = readStack()
let browser: Browser
let arno: Lab

before(async () => {
  browser = await openBrowser(stack)
  arno = await openLab(browser, stack, 'arno')
})
after(() => browser.close())

test('an experiment shows its question, its source, its entry and its measurements page by page', async () => {
  const experiment = await openRecord(arno, 'Experiments', 'DNase ELISA')
  await experiment.getByText('How does optical density follow the concentration of DNase').waitFor()
  await experiment.getByText('R datasets::DNase').waitFor()
  const measurements = experiment.getByRole('region', { name: 'Measurements', exact: true })
  await measurements.getByText('1–25').waitFor()
  await measurements.getByRole('button', { name: 'Next' }).click()
  await measurements.getByText('26–50').waitFor()
  await photograph(arno.page, 'experiment')
})

test('two people edit the same name: both values are shown, and the chosen one is saved', async () => {
  const token = await tokenOf('tess')
  const sample = await registerSample(await tokenOf('arno'))
  await showList(arno, 'Samples')
  const page = await openRecord(arno, 'Samples', sample.name)
  await page.getByLabel('Name').fill(`${sample.name}, mine`)
  assert.equal((await editSample(token, sample.id, { version: sample.version, name: `${sample.name}, hers` })).status, 200)
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = arno.page.getByRole('dialog', { name: 'Someone else changed this too' })
  await dialog.getByText(`${sample.name}, hers`).waitFor()
  await photograph(arno.page, 'conflict')
  await dialog.getByText(`${sample.name}, mine`).click()
  await dialog.getByRole('button', { name: 'Save this choice' }).click()
  await recordPage(arno.page, `${sample.name}, mine`)
})

test('one edits while another acts: both stay', async () => {
  const sample = await registerSample(await tokenOf('arno'))
  const page = await openRecord(arno, 'Samples', sample.name)
  await page.getByLabel('Description').fill('Typed while she worked.')
  const act = { material_id: sample.id, act_key: randomUUID() }
  assert.equal((await rest(await tokenOf('tess'), 'rpc/consume_material', 'POST', act)).status, 200)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('version 3').waitFor()
  assert.equal(await page.getByLabel('Description').inputValue(), 'Typed while she worked.')
  await page.getByText('consumed', { exact: true }).waitFor()
})

test('a menu entry and a drag insert a TypeScript cell that fetches the record', async () => {
  const { page } = arno
  await page.keyboard.press('Control+Shift+L')
  await page.locator('.jp-LauncherCard[data-category="Notebook"][title^="TypeScript"]:visible').click()
  const notebook = page.locator('.jp-NotebookPanel:visible')
  await notebook.locator('.jp-Cell').first().waitFor()

  const list = await showList(arno, 'Samples')
  await arno.sidebar.getByRole('searchbox').fill('Recombinant')
  const row = list.getByRole('option').filter({ hasText: 'Recombinant DNase' })
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Insert Cell That Fetches This' }).click()
  const cells = notebook.locator('.jp-Cell .cm-content')
  await cells.filter({ hasText: 'const sample = await lab.samples.where({ code:' }).waitFor()

  const before = await cells.count()
  await row.hover()
  await page.mouse.down()
  await notebook.locator('.jp-Cell').first().hover()
  await page.mouse.move(700, 300, { steps: 4 })
  await page.mouse.up()
  await page.waitForFunction(`document.querySelectorAll('.jp-NotebookPanel .jp-Cell').length > ${before}`)
  await arno.sidebar.getByRole('searchbox').fill('')
})

test('open records are there again after a reload', async () => {
  await openRecord(arno, 'Experiments', 'Puromycin')
  await arno.page.waitForTimeout(1_500) // JupyterLab keeps its layout a moment after it changed
  await arno.page.reload()
  await recordPage(arno.page, 'Puromycin')
})

test('the page wrote no error to its console', () => {
  assert.deepEqual(arno.faults, [])
})
