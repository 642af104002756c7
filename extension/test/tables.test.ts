import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changedFields, searchFilter } from '../src/admin/query.ts'
import { readTables, type ApiDescription } from '../src/admin/tables.ts'

const api = JSON.parse(readFileSync(join(__dirname, '../../db/contracts/openapi.json'), 'utf8')) as ApiDescription
const [units] = readTables(api)

test('the page of units follows from the API’s committed description', () => {
  expect(units).toMatchObject({ name: 'units', summary: 'Units of measurement of the lab.' })
  expect(units?.fields).toEqual([
    { name: 'code', label: 'Code', description: 'UCUM code, as written after a value.', kind: 'text', required: true, fixed: true },
    { name: 'name', label: 'Name', description: 'Name in words.', kind: 'text', required: true, fixed: false },
  ])
})

test('a table that the API does not show has no page', () => {
  expect(readTables({ definitions: {} })).toEqual([])
})

test('searched words are a value, never syntax', () => {
  expect(searchFilter(units, ' min,"x") ')).toEqual({ or: '(code.ilike."*min,\\"x\\")*",name.ilike."*min,\\"x\\")*")' })
})

test('an edit sends what changed, and no more', () => {
  expect(changedFields({ code: 'min', name: 'minute', version: 1 }, { code: 'min', name: 'minutes', version: 1 })).toEqual({ name: 'minutes' })
})
