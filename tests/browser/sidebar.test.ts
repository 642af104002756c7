import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { asOwner, registerSample, tokenOf } from '../http/rest.ts'
import { openBrowser, openLab, photograph, readStack, recordPage, showList, type Lab } from './lab.ts'

const stack = readStack()
let browser: Browser
let arno: Lab

before(async () => {
  browser = await openBrowser(stack)
  arno = await openLab(browser, stack, 'arno')
})
after(() => browser.close())

test('the analyst finds experiments, samples and SOP runs in the sidebar', async () => {
  for (const [label, name] of [['Experiments', 'Puromycin'], ['Samples', 'Recombinant DNase'], ['SOP runs', 'Bradford run 1']] as const) {
    const list = await showList(arno, label)
    await arno.sidebar.getByRole('searchbox').fill(name) // newer ones may stand before it
    await list.getByRole('option').filter({ hasText: name }).first().waitFor()
    await arno.sidebar.getByRole('searchbox').fill('')
  }
})

test('the server searches: a word narrows the list, a word that nothing holds says so', async () => {
  const list = await showList(arno, 'Samples')
  await arno.sidebar.getByRole('searchbox').fill('untreated')
  await list.getByRole('option').filter({ hasText: 'Puromycin, untreated' }).waitFor()
  await list.getByRole('option').nth(1).waitFor({ state: 'detached' })
  assert.equal(await list.getByRole('option').count(), 1)
  await arno.sidebar.getByRole('searchbox').fill('100%_sure')
  await arno.sidebar.getByText('Nothing matches “100%_sure”.').waitFor()
  await arno.sidebar.getByRole('searchbox').fill('')
})

test('a scanned code jumps to its record, a mistyped one says so', async () => {
  const code = await asOwner(async db => (await db.query('select code from lab.samples where name = $1', ['Puromycin, treated'])).rows[0].code as string)
  const box = arno.sidebar.getByRole('textbox', { name: 'Scan or type a code' })
  await box.fill(code.toLowerCase())
  await box.press('Enter')
  await recordPage(arno.page, 'Puromycin, treated')
  await box.fill('S-2222222')
  await box.press('Enter')
  await arno.sidebar.getByRole('alert').filter({ hasText: 'No record of yours carries the code "S-2222222".' }).waitFor()
})

test('a name with quotes, emoji and a script is a name', async () => {
  const name = `Bob's "best" 🧫 <script>window.pwned = 1</script> <img src=x onerror="window.pwned = 2">`
  await registerSample(await tokenOf('arno'), { name })
  const list = await showList(arno, 'Samples')
  await arno.sidebar.getByRole('searchbox').fill('best')
  await list.getByRole('option').filter({ hasText: name }).first().click()
  await recordPage(arno.page, name)
  assert.equal(await arno.page.evaluate('window.pwned'), undefined)
  await arno.sidebar.getByRole('searchbox').fill('')
})

test('what another person registers appears by itself', async () => {
  await showList(arno, 'Samples')
  const { name } = await registerSample(await tokenOf('tess'))
  await arno.sidebar.getByRole('option').filter({ hasText: name }).waitFor()
})

test('the keyboard alone goes from the menu to a record', async () => {
  await showList(arno, 'Experiments')
  await arno.page.locator('body').press('Control+Alt+j')
  await arno.page.waitForFunction(`document.activeElement?.getAttribute('aria-label') === 'Scan or type a code'`)
  await arno.page.keyboard.press('Tab') // the tab of the list that is shown
  await arno.page.keyboard.press('ArrowRight')
  await arno.sidebar.getByRole('tab', { name: 'Samples', selected: true }).waitFor()
  await arno.page.keyboard.press('Tab')
  await arno.page.keyboard.type('DNase')
  const option = arno.sidebar.getByRole('option').filter({ hasText: 'Recombinant DNase' })
  await option.waitFor()
  await arno.sidebar.getByRole('option').filter({ hasText: 'Puromycin' }).first().waitFor({ state: 'detached' })
  await arno.page.keyboard.press('Tab') // the button for a new one
  await arno.page.keyboard.press('Tab')
  await arno.page.keyboard.press('Enter')
  await recordPage(arno.page, 'Recombinant DNase')
  await photograph(arno.page, 'sample')
})

test('a stranger sees nothing in the sidebar, and a code of the lab is unknown to him', async () => {
  const code = await asOwner(async db => (await db.query('select code from lab.experiments where name = $1', ['Puromycin'])).rows[0].code as string)
  const sten = await openLab(browser, stack, 'sten')
  for (const [label, sentence] of [['Experiments', 'No experiments'], ['Samples', 'No samples'], ['SOP runs', 'No SOP runs']] as const) {
    await showList(sten, label)
    await sten.sidebar.getByText(sentence).waitFor()
    assert.equal(await sten.sidebar.getByRole('option').count(), 0)
  }
  const box = sten.sidebar.getByRole('textbox', { name: 'Scan or type a code' })
  await box.fill(code)
  await box.press('Enter')
  await sten.sidebar.getByRole('alert').filter({ hasText: 'No record of yours carries the code' }).waitFor()
  assert.deepEqual(sten.faults, [])
})

test('the page wrote no error to its console', () => {
  assert.deepEqual(arno.faults, [])
})
