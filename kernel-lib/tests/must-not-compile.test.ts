import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const right = `
  const rows: Promise<{ value: number | null }[]> = lab.measurements.where({ value: { gt: 5 }, measurand: ['rate'] }).select('value').rows()
  async () => {
    const table = await lab.measurements.select('sample', 'value', 'replicate').arrow()
    const values: Float64Array = table.getChild('value')!.toArray()
    const inUnit = lab.measurements.where({ unit: ['mg/L', '{counts}/min2'] })
    const found = await lab.call('search_records', { kind: 'sample', most: 5 })
    const code: string | null | undefined = found[0]?.code
    const [sample] = await lab.samples.insert([{ project_id: 'p', name: 'Plasma 7', sample_type: 'plasma' }])
    await lab.samples.edit(sample!, { description: 'thawed once' })
  }`

const wrong: [what: string, statement: string, message: RegExp][] = [
  ['a table that is not there', `lab.smaples`, /Property 'smaples' does not exist/],
  ['a column that is not there', `lab.measurements.select('vlaue')`, /'"vlaue"' is not assignable to parameter of type 'keyof MeasurementsRow'/],
  ['a condition on such a column', `lab.measurements.where({ vlaue: 5 })`, /Did you mean to write 'value'\?/],
  ['an unknown operator', `lab.measurements.where({ value: { above: 5 } })`, /'above' does not exist/],
  ['a value of the wrong type', `lab.measurements.where({ value: 'five' })`, /'string' is not assignable to type 'Condition<number>/],
  ['a unit that is none', `lab.measurements.where({ unit: 'mg/l/' })`, /'"mg\/l\/"' is not assignable to type 'Condition/],
  ['a row with such a unit', `lab.samples.insert([{ project_id: 'p', name: 'n', sample_type: 't', amount: 5, amount_unit: 'cc' }])`, /'"cc"' is not assignable to type 'Unit \| null/],
  ['a call with such a unit', `lab.call('convert', { value: 5, from_unit: 'mg/L', to_unit: 'ug/ML' })`, /'"ug\/ML"' is not assignable to type 'Unit'/],
  ['sorting by an unknown column', `lab.samples.order('vlaue')`, /'"vlaue"' is not assignable/],
  ['a row\'s column that was not selected', `async () => (await lab.samples.select('code').rows())[0]!.name`, /Property 'name' does not exist/],
  ['a table\'s column that was not selected', `async () => (await lab.samples.select('code').arrow()).getChild('name')`, /'"name"' is not assignable to parameter of type '"code"'/],
  ['a row without what it must bring', `lab.samples.insert([{ project_id: 'p', sample_type: 'plasma' }])`, /Property 'name' is missing/],
  ['a row with a column that is not there', `lab.samples.insert([{ project_id: 'p', name: 'n', sample_type: 't', nmae: 'n' }])`, /'nmae' does not exist/],
  ['an edit of what never changes', `lab.samples.edit({ id: 's', version: 1 }, { code: 'S-2' })`, /'code' does not exist/],
  ['an edit without the version that was seen', `lab.samples.edit({ id: 's' }, { name: 'n' })`, /Property 'version' is missing/],
  ['an insert where only functions write', `lab.results.insert([])`, /Property 'insert' does not exist/],
  ['a function that is not there', `lab.call('serach_records', { kind: 'sample' })`, /'"serach_records"' is not assignable/],
  ['an argument that a function does not take', `lab.call('search_records', { kind: 'sample', limit: 5 })`, /'limit' does not exist/],
  ['an argument that a function needs', `lab.call('search_records', {})`, /Property 'kind' is missing/],
  ['an argument of the wrong type', `lab.call('search_records', { kind: 'sample', most: 'five' })`, /'string' is not assignable to type 'number'/],
  ['a field that a function does not give', `async () => (await lab.call('search_records', { kind: 'sample' }))[0]!.title`, /Property 'title' does not exist/],
]

/** What the compiler says of each statement about `lab`. */
function compile(statements: string[]): string[] {
  const sources = new Map(statements.map((statement, i) => [here(`case-${i}.ts`), caseSource(statement)]))
  const { config } = ts.readConfigFile(here('tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, here('.'))
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) => {
    const source = sources.get(name)
    return source === undefined ? getSourceFile.call(host, name, ...rest) : ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...sources.keys()], options, host)
  return [...sources.keys()].map(name => ts.getPreEmitDiagnostics(program, program.getSourceFile(name))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'))
}

function caseSource(statement: string): string {
  return `import type { Lab } from '../src/index.ts'\ndeclare const lab: Lab\n${statement}\nexport {}\n`
}

const [ofRight, ...ofWrong] = compile([right, ...wrong.map(([, statement]) => statement)])

test('what is right compiles', () => {
  expect(ofRight).toBe('')
})

test.each(wrong.map(([what, , message], i) => [what, ofWrong[i], message] as const))('%s does not compile', (_, complaint, message) => {
  expect(complaint).toMatch(message)
})
