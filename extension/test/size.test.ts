import { join } from 'node:path'
import { measure, STARTUP_LIMIT_BYTES } from '../size.ts'

test('the extension adds at most 150 kB, compressed, to JupyterLab’s start', () => {
  const { startupBytes, startupFiles } = measure(join(__dirname, '../labextension/static'))
  expect(startupFiles.length).toBeGreaterThanOrEqual(3)
  expect(startupBytes).toBeLessThanOrEqual(STARTUP_LIMIT_BYTES)
})

test('editors, plots and tables are chunks that are fetched when first needed', () => {
  const { lazy } = measure(join(__dirname, '../labextension/static'))
  expect(lazy.filter(({ bytes }) => bytes > 50_000).length).toBeGreaterThanOrEqual(3)
})
