import { cellSource, makeCell } from '../src/cells/cell-source.ts'

test('a cell fetches the record by its code', () => {
  expect(cellSource({ kind: 'sample', code: 'S-6Q3SWH3', name: 'Puromycin, treated' }))
    .toBe('// Puromycin, treated\nconst sample = await lab.samples.where({ code: \'S-6Q3SWH3\' }).first()')
})

test.each(['a\nprocess.exit()', 'a\u2028process.exit()', 'a\r\nprocess.exit()'])('a name never becomes code: %j', name => {
  const lines = makeCell({ kind: 'sample', code: 'S-1', name }).source.split(/[\n\r\u2028\u2029]/)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toBe('// a process.exit()')
})

test('a code cannot leave its string', () => {
  expect(cellSource({ kind: 'plate', code: '\' }).drop(); //\\', name: 'x' })).toContain('{ code: \'\\\' }).drop(); //\\\\\' }')
})
