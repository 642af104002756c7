import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { asOwner, rest, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, photograph, readStack, type Lab } from './lab.ts'

const stack = readStack()
const code = `{test-${randomUUID().slice(0, 8)}}`
let browser: Browser

before(async () => { browser = await openBrowser(stack) })
after(() => browser.close())

const unitInDatabase = (): Promise<{ id: string, name: string, version: number } | undefined> =>
  asOwner(async db => (await db.query('select id, name, version from lab.units where code = $1', [code])).rows[0])

async function openAdministration({ page }: Lab): Promise<Locator> {
  await page.getByRole('menuitem', { name: 'Petri' }).click()
  await page.getByRole('menuitem', { name: 'Administer Tables' }).click()
  const tables = page.locator('.petri-Admin')
  await tables.getByRole('heading', { name: 'Units', level: 1 }).waitFor()
  return tables
}

test('the lab admin makes and edits a unit on the page that follows from the API', async () => {
  const ada = await openLab(browser, stack, 'ada')
  const tables = await openAdministration(ada)
  await tables.getByRole('cell', { name: 'degree Celsius' }).waitFor()
  await photograph(ada.page, 'admin-list')
  await tables.getByRole('link', { name: 'Create' }).click()
  await tables.getByLabel('Code').fill(code)
  await tables.getByRole('textbox', { name: 'Name' }).fill(`unit of ${code}`)
  await tables.getByRole('button', { name: 'Save' }).click()
  await tables.getByRole('cell', { name: `unit of ${code}` }).click()
  await tables.getByRole('textbox', { name: 'Name' }).fill(`renamed <b>${code}</b>`)
  await photograph(ada.page, 'admin-edit')
  await tables.getByRole('button', { name: 'Save' }).click()
  await tables.getByRole('cell', { name: `renamed <b>${code}</b>` }).waitFor()
  const unit = await unitInDatabase()
  assert.deepEqual([unit?.name, unit?.version], [`renamed <b>${code}</b>`, 2])
  assert.deepEqual(ada.faults, [])
})

test('an edit over somebody else’s is refused in the lab’s words', async () => {
  const ada = await openLab(browser, stack, 'ada')
  const tables = await openAdministration(ada)
  await tables.getByRole('cell', { name: `renamed <b>${code}</b>` }).click()
  const name = tables.getByRole('textbox', { name: 'Name' })
  await name.waitFor()
  const unit = await unitInDatabase()
  await rest(await tokenOf('ada'), `units?id=eq.${unit!.id}`, 'PATCH', { version: unit!.version, name: 'renamed elsewhere' })
  await name.fill('renamed here')
  await tables.getByRole('button', { name: 'Save' }).click()
  await ada.page.getByText('Someone else changed the same field: name.').waitFor()
  assert.equal((await unitInDatabase())?.name, 'renamed elsewhere')
})

test('for anybody else there is nothing to administer', async () => {
  const arno = await openLab(browser, stack, 'arno')
  await arno.sidebar.getByRole('option').first().waitFor()
  await arno.page.getByRole('menuitem', { name: 'Petri' }).click()
  await arno.page.getByRole('menuitem', { name: 'Go to a Code…' }).waitFor()
  assert.equal(await arno.page.getByRole('menuitem', { name: 'Administer Tables' }).filter({ visible: true }).count(), 0)
})
