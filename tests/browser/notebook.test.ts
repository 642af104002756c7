import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { asOwner } from '../http/rest.ts'
import { openBrowser, openLab, openRecord, photograph, readStack, recordPage, showSidebar, type Lab } from './lab.ts'

const stack = readStack()
const RUN_MS = 90_000
let browser: Browser
let dina: Lab

before(async () => {
  browser = await openBrowser(stack)
  dina = await openLab(browser, stack, 'dina')
})
after(() => browser.close())

const analyses = (): Promise<number> => asOwner(async db =>
  Number((await db.query(`select count(*) from lab.analyses where notebook = '01-enzyme-kinetics'`)).rows[0].count))

test('the data scientist runs the notebook, and its figure is drawn', async () => {
  const { page } = dina
  await page.goto(`${stack.urls.public}/user/dina/lab/tree/notebooks/01-enzyme-kinetics.ipynb`)
  const notebook = page.locator('.jp-NotebookPanel:visible')
  // What is run before the kernel is there is silently dropped by JupyterLab: wait for it, as a person's eye does.
  await notebook.locator('.jp-KernelName').filter({ hasText: 'TypeScript (Petri)' }).waitFor({ timeout: RUN_MS })
  await notebook.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: RUN_MS })
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click()
  // Registered once, however often the notebook runs.
  for (const end = Date.now() + RUN_MS; await analyses() === 0;) {
    assert.ok(Date.now() < end, 'the notebook registered no analysis')
    await page.waitForTimeout(1_000)
  }
  const figure = notebook.locator('.jp-OutputArea .petri-Figure .main-svg').first()
  await figure.scrollIntoViewIfNeeded()
  await photograph(page, 'notebook')
})

test('the new result stands under its experiment, with its plot, its numbers and its way back to the sample', async () => {
  dina.sidebar = await showSidebar(dina.page)
  const experiment = await openRecord(dina, 'Experiments', 'Puromycin')
  const card = experiment.locator('.petri-Card').filter({ hasText: 'Michaelis–Menten fit, treated' }).first()
  await card.locator('.petri-Figure .main-svg').first().waitFor()
  await card.getByRole('cell', { name: /^212\.[67]/ }).waitFor()
  await photograph(dina.page, 'experiment-results')
  await card.getByRole('button', { name: 'Michaelis–Menten fit, treated' }).click()
  const result = await recordPage(dina.page, 'Michaelis–Menten fit, treated')
  await result.locator('.petri-Figure .main-svg').first().waitFor()
  // A sample stands in its lineage once for each way that leads to it.
  const sample = result.getByRole('region', { name: 'Lineage' }).getByRole('button', { name: 'Puromycin, treated' }).first()
  await sample.waitFor()
  await photograph(dina.page, 'result')
  await sample.click()
  await recordPage(dina.page, 'Puromycin, treated')
  assert.deepEqual(dina.faults, [])
})
