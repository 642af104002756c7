/** A person at JupyterLab, signed in through the Hub. */
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import type { StackDescription } from '../../hub/stack/description.ts'

/** The running stack that PETRI_STACK names. @throws Error: these journeys have nowhere to go without one. */
export function readStack(): StackDescription {
  const file = process.env['PETRI_STACK']
  if (!file) throw new Error('PETRI_STACK is not set: expected the description of a running stack')
  return JSON.parse(readFileSync(file, 'utf8')) as StackDescription
}

export async function openBrowser(stack: StackDescription): Promise<Browser> {
  if (!stack.chromium) throw new Error('there is no Chromium: "npm test" finds or fetches one')
  return chromium.launch({ executablePath: stack.chromium, args: ['--no-sandbox'] })
}

export interface Lab {
  context: BrowserContext
  page: Page
  sidebar: Locator
  /** What the page wrote to its console as an error, and what it threw. */
  faults: string[]
}

const PATIENCE_MS = 90_000

/** Signs in at the Hub, waits for the person's server and for JupyterLab, and shows Petri's sidebar. */
export async function openLab(browser: Browser, stack: StackDescription, login: string, viewport = { width: 1440, height: 900 }): Promise<Lab> {
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const faults = watchFaults(page)
  await page.goto(stack.urls.public)
  await page.getByLabel('Username').fill(login)
  await page.getByLabel('Password').fill(passwordOf(stack, login))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#jp-main-dock-panel').waitFor({ timeout: PATIENCE_MS })
  return { context, page, sidebar: await showSidebar(page), faults }
}

/** Opens Petri's sidebar, unless JupyterLab has opened it again from its last layout: a second click would close it. */
export async function showSidebar(page: Page): Promise<Locator> {
  const sidebar = page.locator('#petri-sidebar')
  const icon = page.locator('.jp-SideBar [data-id="petri-sidebar"]')
  await icon.waitFor({ timeout: PATIENCE_MS })
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached', timeout: PATIENCE_MS })
  const opens = (timeout: number): Promise<boolean> => sidebar.waitFor({ timeout }).then(() => true, () => false)
  while (!await opens(1_000)) await icon.click()
  return sidebar
}

export function passwordOf(stack: StackDescription, login: string): string {
  const person = stack.people.find(person => person.login === login)
  if (!person) throw new Error(`nobody called ${login} lives in this lab: expected one of ${stack.people.map(({ login }) => login).join(', ')}`)
  return person.password
}

// Closing a page ends its requests, and a dropped network is part of a journey: neither is a fault.
const EXPECTED = /ERR_INTERNET_DISCONNECTED|ERR_ABORTED|net::ERR_|Failed to load resource|Failed to fetch/

function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error.stack ?? error)))
  page.on('console', message => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) faults.push(message.text())
  })
  return faults
}

/** Shows one of the sidebar's lists. */
export async function showList(lab: Lab, label: 'Experiments' | 'Samples' | 'SOP runs'): Promise<Locator> {
  await lab.sidebar.getByRole('tab', { name: label }).click()
  return lab.sidebar.getByRole('listbox', { name: label })
}

/** Opens a record from its list; answers its page. */
export async function openRecord(lab: Lab, label: 'Experiments' | 'Samples' | 'SOP runs', name: string): Promise<Locator> {
  const list = await showList(lab, label)
  await list.getByRole('option').filter({ hasText: name }).first().click()
  return recordPage(lab.page, name)
}

/** The page of a record, by its heading. */
export async function recordPage(page: Page, name: string): Promise<Locator> {
  const record = page.locator('.petri-Record:visible').filter({ has: page.getByRole('heading', { level: 1, name, exact: true }) })
  await record.waitFor()
  return record
}

const screenshots = fileURLToPath(new URL('screenshots', import.meta.url))

/** Keeps what the person sees, in the light and in the dark theme: JupyterLab follows the system's. */
export async function photograph(page: Page, name: string, schemes: readonly ('dark' | 'light')[] = ['dark', 'light']): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`body[data-jp-theme-light="${colorScheme === 'light'}"]`).waitFor({ state: 'attached' })
    await page.waitForTimeout(400) // colours fade, plots are drawn again
    await page.screenshot({ path: `${screenshots}/${name}-${colorScheme}.png` })
  }
}
