import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { asOwner, rest, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, openRecord, photograph, readStack, recordPage, type Lab } from './lab.ts'

const stack = readStack()
const words = `We fitted both series again, ${randomUUID().slice(0, 8)}.`
const late = `Written before the reload, ${randomUUID().slice(0, 8)}.`
const hersText = `Tess wrote this meanwhile, ${randomUUID().slice(0, 8)}.`
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAIAAAAt/+nTAAAANElEQVR42u3PAQkAAAgEsU9uVosbQ0HYCizTtTcVEBAQEBAQEBAQEBAQEBAQEBAQEBAQ+BdYajGLvQTCd9QAAAAASUVORK5CYII='
let browser: Browser
let arno: Lab
let entry: Locator

before(async () => {
  browser = await openBrowser(stack)
  arno = await openLab(browser, stack, 'arno')
  const experiment = await openRecord(arno, 'Experiments', 'Puromycin')
  await experiment.getByRole('button', { name: 'What the data are' }).click()
  entry = await recordPage(arno.page, 'What the data are')
})
after(() => browser.close())

const text = (): Locator => entry.getByRole('textbox', { name: 'Text of the entry' })
const save = (): Promise<void> => entry.getByRole('button', { name: 'Save', exact: true }).click()
const versions = (): Locator => entry.getByRole('navigation', { name: 'Versions' })
const written = (): Promise<{ id: string, version: number, document: object }> => asOwner(async db =>
  (await db.query(`select id, version, document from lab.entries where title = 'What the data are'`)).rows[0])

async function type(words: string): Promise<void> {
  await text().click()
  await arno.page.keyboard.press('Control+End')
  await arno.page.keyboard.press('Enter')
  await arno.page.keyboard.type(words)
}

test('the analyst edits the entry and the earlier version can still be read', async () => {
  const before = await written()
  await type(words)
  await save()
  await versions().getByText(`Version ${before.version + 1}, now`).waitFor()
  assert.ok(JSON.stringify((await written()).document).includes(words))
  await versions().getByText(`Version ${before.version}`, { exact: true }).click()
  await entry.getByText('You are reading an earlier version.').waitFor()
  assert.equal(await entry.getByText(words).filter({ visible: true }).count(), 0)
  await photograph(arno.page, 'entry-version')
  await entry.getByRole('button', { name: 'Back to now' }).click()
  await text().getByText(words).waitFor()
})

test('an image goes through the object store, is verified, and is shown', async () => {
  await text().click()
  await arno.page.keyboard.press('Control+End')
  await entry.getByLabel('Image file').setInputFiles({ name: 'gel "1" 🧫.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') })
  const image = text().getByRole('img', { name: 'gel "1" 🧫.png' }).last()
  await image.waitFor()
  await image.evaluate(node => (node as unknown as { decode(): Promise<void> }).decode()) // throws where the bytes are no image
  await save()
  await entry.getByText('Not saved yet').waitFor({ state: 'detached' })
  assert.match(JSON.stringify((await written()).document), /file_id/)
  await photograph(arno.page, 'entry')
})

test('unsaved words outlive a reload, and two writers lose nothing', async () => {
  await type(late)
  await entry.getByText('Not saved yet').waitFor()
  await arno.page.waitForTimeout(1_500) // JupyterLab keeps its layout a moment after it changed
  await arno.page.reload()
  entry = await recordPage(arno.page, 'What the data are')
  await text().getByText(late).waitFor()

  const { id, version } = await written()
  const hers = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: hersText }] }] }
  assert.equal((await rest(await tokenOf('tess'), `entries?id=eq.${id}`, 'PATCH', { version, document: hers })).status, 200)
  await save()
  const dialog = arno.page.getByRole('dialog', { name: 'Someone else changed this too' })
  await dialog.getByText(hersText).waitFor()
  await dialog.getByText('Both', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save this choice' }).click()
  await text().getByText(hersText).waitFor()
  await text().getByText(late).waitFor()
  assert.deepEqual(arno.faults, [])
})
