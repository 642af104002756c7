import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser, Download, Locator } from 'playwright-core'
import { registerSample, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, photograph, readStack, recordPage, showList, type Lab } from './lab.ts'

const stack = readStack()
const NAME = 'Serum "B" 🧫 <b>'
let browser: Browser
let tess: Lab
let list: Locator
let codes: string[]

before(async () => {
  const token = await tokenOf('tess')
  codes = [(await registerSample(token, { name: `${NAME} 1` })).code, (await registerSample(token, { name: `${NAME} 2` })).code]
  browser = await openBrowser(stack)
  tess = await openLab(browser, stack, 'tess')
  list = await showList(tess, 'Samples')
})
after(() => browser.close())

const dialog = (): Locator => tess.page.getByRole('dialog', { name: /^Print/ })
const option = (code: string): Locator => list.getByRole('option').filter({ hasText: code })

/** What the dialog's main button saves. */
async function printed(): Promise<Download> {
  const download = tess.page.waitForEvent('download')
  await dialog().getByRole('button', { name: /^Print/ }).click()
  return download
}

test('records are picked with the keyboard or with Ctrl, and the dialog shows the first sheet', async () => {
  await option(codes[1]!).focus()
  await tess.page.keyboard.press('Space')
  await option(codes[0]!).click({ modifiers: ['Control'] })
  await tess.sidebar.getByText('2 selected').waitFor()
  await tess.sidebar.getByRole('button', { name: 'Print labels…' }).click()
  await tess.page.getByRole('dialog', { name: 'Print 2 labels' }).waitFor()
  const preview = dialog().getByRole('img', { name: 'The first sheet' })
  await preview.waitFor()
  assert.ok(await preview.evaluate((image: { naturalWidth: number }) => image.naturalWidth > 0))
  await dialog().getByLabel('Labels already used').fill('3')
  await photograph(tess.page, 'labels')
})

test('a PDF is saved, and what its font lacks is said', async () => {
  const download = await printed()
  assert.equal(download.suggestedFilename(), 'labels.pdf')
  assert.equal((await readFile(await download.path())).subarray(0, 5).toString(), '%PDF-')
  await dialog().getByText('The font of a PDF lacks 🧫').waitFor()
})

test('ZPL for a label printer holds one label for each record', async () => {
  await dialog().getByLabel('File').selectOption('zpl')
  await dialog().getByLabel('Sheet or roll').selectOption('roll-38x13')
  const download = await printed()
  const zpl = await readFile(await download.path(), 'utf8')
  assert.equal(zpl.match(/\^XA/g)?.length, 2)
  for (const code of codes) assert.ok(zpl.includes(`^FD${code}^FS`))
  await dialog().waitFor({ state: 'detached' })
})

test('a code that would be too small for a scanner is refused before it is printed', async () => {
  await tess.sidebar.getByRole('button', { name: 'Print labels…' }).click()
  await dialog().getByLabel('Sheet or roll').selectOption('roll-25x13')
  await dialog().getByLabel('Barcode').selectOption('code128')
  await dialog().getByRole('alert').filter({ hasText: 'does not fit as code128' }).first().waitFor()
  await tess.page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  assert.equal(await tess.page.evaluate('document.activeElement.textContent'), 'Print labels…')
  await tess.sidebar.getByRole('button', { name: 'Clear' }).click()
})

test('a record’s page prints its own label', async () => {
  await option(codes[0]!).click()
  const page = await recordPage(tess.page, `${NAME} 1`)
  await page.getByRole('button', { name: 'Print its label' }).click()
  await tess.page.getByRole('dialog', { name: `Print the label of ${codes[0]}` }).waitFor()
  await tess.page.keyboard.press('Escape')
  assert.deepEqual(tess.faults, [])
})
