import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator } from 'playwright-core'
import { asOwner, rest, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, openRecord, photograph, readStack, recordPage, type Lab } from './lab.ts'

const stack = readStack()
const csv = readFileSync(fileURLToPath(new URL('../../notebooks/data/plate-reader-96.csv', import.meta.url)), 'utf8')
const name = `Plate ${randomUUID().slice(0, 8)}`
let browser: Browser
let arno: Lab
let plate: Locator

before(async () => {
  await registerPlate()
  browser = await openBrowser(stack)
  arno = await openLab(browser, stack, 'arno')
  const experiment = await openRecord(arno, 'Experiments', 'Plate reader (synthetic)')
  await experiment.getByRole('button', { name }).click()
  plate = await recordPage(arno.page, name)
})
after(() => browser.close())

async function registerPlate(): Promise<void> {
  const token = await tokenOf('arno')
  const { body: [experiment] } = await rest<{ id: string, lab_id: string, project_id: string }[]>(
    token, `experiments?name=eq.${encodeURIComponent('Plate reader (synthetic)')}&select=id,lab_id,project_id`)
  const { id: experiment_id, ...place } = experiment!
  await rest(token, 'plates', 'POST', { ...place, experiment_id, name })
}

/** Drops a file as a hand does: the browser makes the event, the page reads the file. */
async function drop(content: string, name: string): Promise<void> {
  const transfer = await arno.page.evaluateHandle(`((content, name) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], name, { type: 'text/csv' }))
    return transfer
  })(${JSON.stringify(content)}, ${JSON.stringify(name)})`)
  await plate.locator('.petri-DropZone').dispatchEvent('drop', { dataTransfer: transfer })
}

const wellsInDatabase = (): Promise<number> => asOwner(async db => Number((await db.query(`
  select count(*) from lab.measurements m join lab.plates p on p.id = m.plate_id where p.name = $1`, [name])).rows[0].count))

test('a bad export is previewed: each bad well says what is wrong, and nothing can be committed', async () => {
  await drop(csv.replace(/^(C,.*),[\d.]+$/m, '$1,n/a'), 'bad.csv')
  const preview = plate.getByRole('region', { name: 'Preview', exact: true })
  await preview.getByText('"n/a" is not a number').first().waitFor()
  await preview.getByLabel('What was measured').selectOption('OD')
  assert.ok(await preview.getByRole('button', { name: 'Commit 96 wells' }).isDisabled())
  await photograph(arno.page, 'plate-problem')
  await preview.getByRole('button', { name: 'Cancel' }).click()
  assert.equal(await wellsInDatabase(), 0)
})

test('a good export is previewed, committed wholly, and drawn as a heat map', async () => {
  await drop(csv, 'plate-reader-96.csv')
  const preview = plate.getByRole('region', { name: 'Preview', exact: true })
  await preview.getByRole('grid').waitFor()
  assert.equal(await wellsInDatabase(), 0)
  await preview.getByLabel('What was measured').selectOption('OD')
  await preview.getByRole('button', { name: 'Commit 96 wells' }).click()
  await plate.getByText('96 wells were committed.').waitFor()
  assert.equal(await wellsInDatabase(), 96)
  const grid = plate.getByRole('grid', { name: `Readings of ${name}` })
  assert.equal(await grid.getByRole('gridcell').count(), 96)
  await grid.getByRole('gridcell', { name: 'A01' }).focus()
  await arno.page.keyboard.press('ArrowDown')
  await arno.page.keyboard.press('End')
  await plate.locator('figcaption').first().getByText('B12').waitFor()
  await photograph(arno.page, 'plate')
})

test('the same export twice is noticed', async () => {
  await drop(csv, 'again.csv')
  await plate.getByText('This export was already committed to this plate.').waitFor()
  assert.ok(await plate.getByRole('button', { name: 'Commit 96 wells' }).isDisabled())
  assert.deepEqual(arno.faults, [])
})
