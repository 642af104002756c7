import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRebuild } from './logic.ts'

const source = (path: string, sha256 = 'new') => ({ path, sha256, sql: '' })
const paths = (sources: { path: string }[]) => sources.map(({ path }) => path)

test('only files whose hash changed are applied', () => {
  const plan = planRebuild([source('api/v1/views/a.sql', 'same'), source('api/v1/views/b.sql')], new Map([['api/v1/views/a.sql', 'same'], ['api/v1/views/b.sql', 'old']]))
  assert.deepEqual(paths(plan.inLockOrder), ['api/v1/views/b.sql'])
  assert.deepEqual(plan.beforeViews, [])
})

test('a changed function waits for the views, in the order in which requests take their locks', () => {
  const plan = planRebuild([source('api/v1/views/a.sql'), source('logic/functions/f.sql')], new Map([['logic/functions/f.sql', 'old']]))
  assert.deepEqual(paths(plan.inLockOrder), ['api/v1/views/a.sql', 'logic/functions/f.sql'])
})

test('a new function and the catalog come first: nobody holds a lock on them', () => {
  const plan = planRebuild([source('logic/catalog/t.sql'), source('api/v1/views/a.sql'), source('logic/functions/f.sql')], new Map([['logic/catalog/t.sql', 'old']]))
  assert.deepEqual(paths(plan.beforeViews), ['logic/catalog/t.sql', 'logic/functions/f.sql'])
})
