import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, readStack } from '../browser/lab.ts'
import { passwordOf } from '../http/people.ts'
import { loginToHub, spawn } from './kernel.ts'

const stack = readStack()
const bundle = new URL('../../kernel-lib/dist/', import.meta.url)

describe('the client in a page of the Hub', () => {
  let browser: Browser
  let page: Page
  let hubToken: string
  const loaded: string[] = []

  before(async () => {
    const person = await loginToHub(stack.urls.public, 'dina', passwordOf('dina'))
    hubToken = (await spawn(person)).token
    browser = await openBrowser(stack)
    page = await browser.newPage()
    await page.route('**/client/*.mjs', (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)!
      loaded.push(name)
      return route.fulfill({ path: fileURLToPath(new URL(name, bundle)), contentType: 'text/javascript' })
    })
    await page.goto(`${stack.urls.public}/hub/login`)
  }, { timeout: 120_000 })

  after(() => browser?.close())

  /** Runs a script in the page, with `lab` and `client` at hand. */
  const inPage = <T>(body: string): Promise<T> => page.evaluate(`(async () => {
    const client = await import('/client/petri.mjs')
    const lab = await client.connect({ gatewayUrl: '/services/petri', hubToken: () => ${JSON.stringify(hubToken)} })
    ${body}
  })()`)

  test('rows come as Arrow through the same origin', async () => {
    const table = await inPage(`
      const experiment = await lab.experiments.where({ name: 'Puromycin' }).first()
      const table = await lab.measurements.where({ experiment_id: experiment.id, value: { gt: 200 } }).select('series', 'value').arrow()
      return { isTable: table instanceof client.Table, rows: table.toArray().map(String) }`)
    assert.deepEqual(table, { isTable: true, rows: ['{"series": "treated", "value": 201}', '{"series": "treated", "value": 207}'] })
    assert.deepEqual([...new Set(loaded)], ['petri.mjs'], 'Parquet is not loaded before it is needed')
  })

  test('a table goes up as Parquet and comes back, loaded on demand, as a table of the same Arrow', async () => {
    const back = await inPage(`
      const experiment = await lab.experiments.where({ name: 'Puromycin' }).first()
      const table = client.tableOf({ series: ['a', null], value: [1.5, null] }, { units: { value: '[ppm]' } })
      const file = await lab.files.upload({ name: 'from-a-page.parquet', experiment, table })
      const back = await (await lab.files.open(file)).arrow()
      return { isTable: back instanceof client.Table, unit: back.schema.fields[1].metadata.get('unit'), rows: back.toArray().map(String) }`)
    assert.deepEqual(back, { isTable: true, unit: '[ppm]', rows: ['{"series": "a", "value": 1.5}', '{"series": null, "value": null}'] })
    assert.ok(loaded.includes('parquet.mjs'))
  })
})
