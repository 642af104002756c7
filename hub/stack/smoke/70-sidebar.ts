import { openBrowser, openLab, showList } from '../../../tests/browser/lab.ts'
import { hold, type Check } from './check.ts'

export const check: Check = {
  name: 'sidebar',
  async run(stack) {
    const browser = await openBrowser(stack)
    try {
      const began = Date.now()
      const lab = await openLab(browser, stack, 'arno')
      const openedMs = Date.now() - began
      for (const label of ['Experiments', 'Samples', 'SOP runs'] as const) await (await showList(lab, label)).getByRole('option').first().waitFor()
      const stranger = await openLab(browser, stack, 'sten')
      await showList(stranger, 'Samples')
      await stranger.sidebar.getByText('No samples').waitFor()
      hold(lab.faults.length === 0, `the page wrote errors: ${lab.faults.join('; ').slice(0, 500)}`)
      return { openedMs }
    } finally {
      await browser.close()
    }
  },
}
