import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { passwordOf } from '../http/people.ts'
import { rest, tokenOf } from '../http/rest.ts'
import { readStack } from '../http/stack.ts'
import { loginToHub, spawn, type UserServer } from './kernel.ts'
import { printed, runNotebook, type NotebookCell } from './notebook.ts'

const PATH = 'notebooks/01-enzyme-kinetics.ipynb'
// Bates & Watts (1988), from the data that the demo lab carries.
const published: Record<string, Record<string, number>> = {
  'Puromycin, treated': { Vm: 212.7, K: 0.0641 },
  'Puromycin, untreated': { Vm: 160.3, K: 0.0477 },
}

interface Registered {
  id: string
  code: string
  name: string
  analysis_id: string
  sample_id: string
  file_id: string
  plot: { data: unknown[] }
}

describe('the enzyme kinetics notebook, run by a data scientist through the Hub', () => {
  let server: UserServer
  let cells: NotebookCell[]
  let token: string
  let results: Registered[]

  before(async () => {
    const person = await loginToHub(readStack().urls.public, 'dina', passwordOf('dina'))
    server = await spawn(person)
    cells = await runNotebook(server, PATH)
    token = await tokenOf('dina')
    results = await registered()
  }, { timeout: 240_000 })

  /** The results whose codes the notebook showed. */
  async function registered(): Promise<Registered[]> {
    const codes = htmlOf(cellWith('lab.analysis(')).match(/R-[0-9A-Z]+/g) ?? []
    return (await rest<Registered[]>(token, `results?code=in.(${codes})&order=name`)).body
  }

  function cellWith(text: string): NotebookCell {
    const cell = cells.find(({ source }) => source.includes(text))
    assert.ok(cell, `the notebook did not come as far as a cell with "${text}"`)
    return cell
  }

  // The last one: when a person runs all cells, tslab drops those that wait behind a failed one.
  test('every cell runs, but the last one, which must not', () => {
    const failed = cells.filter(({ status }) => status !== 'ok')
    assert.deepEqual(failed.map(({ tags }) => tags), [['raises-exception']], cells.map(printed).join('\n').slice(-2000))
    assert.equal(failed[0], cells.at(-1))
  })

  test('the wrong column is found by the compiler, before anything is asked', () => {
    assert.match(printed(cellWith("'vlaue'")), /Argument of type '"vlaue"' is not assignable to parameter of type 'keyof MeasurementsRow'/)
  })

  test('the measurements are shown with their count, the figure as plotly data', () => {
    assert.match(htmlOf(cellWith('show(rates)')), /23 rows × 8 columns/)
    const figure = outputsOf(cellWith('show(figureOf(fits))'), 'application/vnd.plotly.v1+json')[0] as { data: { x: number[] }[] }
    assert.deepEqual(figure.data.map(({ x }) => x.length), [12, 111, 11, 111])
  })

  test('registered Vm and K agree with the published estimates within 0.5 %', async () => {
    assert.equal(results.length, 2)
    for (const result of results) {
      const { body: [sample] } = await rest<{ name: string }[]>(token, `samples?id=eq.${result.sample_id}`)
      const { body: values } = await rest<{ measurand: string, value: number, standard_error: number }[]>(token, `result_values?result_id=eq.${result.id}`)
      assert.deepEqual(values.map(({ measurand }) => measurand).sort(), ['K', 'Vm'])
      for (const { measurand, value, standard_error } of values) {
        const expected = published[sample!.name]![measurand]!
        assert.ok(Math.abs(value / expected - 1) < 0.005, `${sample!.name}: ${measurand} ${value}, published ${expected}`)
        assert.ok(standard_error > 0 && standard_error < value / 4)
      }
    }
  })

  test('the results carry a figure, their inputs, and a way back to the samples', async () => {
    for (const { id, plot, sample_id, analysis_id } of results) {
      assert.equal(plot.data.length, 2)
      const { body: lineage } = await rest<{ kind: string, id: string }[]>(token, 'rpc/get_lineage', 'POST', { record_id: id })
      assert.ok(lineage.some(step => step.kind === 'analysis' && step.id === analysis_id))
      assert.ok(lineage.some(step => step.kind === 'sample' && step.id === sample_id))
    }
    const { body: inputs } = await rest<{ row_count: number, position: number }[]>(token, `analysis_inputs?analysis_id=eq.${results[0]!.analysis_id}`)
    assert.deepEqual(inputs.map(({ row_count }) => row_count), [23])
    assert.ok(inputs[0]!.position > 0)
  })

  test('the Parquet file is verified, and came back whole', async () => {
    const { body: [file] } = await rest<{ status: string, name: string, size_bytes: number }[]>(token, `files?id=eq.${results[0]!.file_id}`)
    assert.deepEqual([file!.status, file!.name], ['verified', 'puromycin-curves.parquet'])
    assert.match(printed(cellWith('opened.stream()')), new RegExp(`streamed ${file!.size_bytes} of ${file!.size_bytes} bytes\n222 rows came back, 222 were sent`))
  })

  test('a million synthetic rows arrive', (t) => {
    const said = printed(cellWith('streamSynthetic()'))
    assert.match(said, /1,000,000 synthetic rows in \d+\.\d s/)
    t.diagnostic(said.trim())
  })

  test('no output holds a token or a signature', () => {
    const outputs = JSON.stringify(cells.map(cell => cell.outputs))
    assert.doesNotMatch(outputs, /eyJ[\w-]+\.eyJ|X-Amz-Signature|Bearer /)
  })

  test('running it again registers nothing twice', async () => {
    const codes = results.map(({ code }) => code)
    cells = await runNotebook(server, PATH)
    assert.deepEqual((await registered()).map(({ code }) => code), codes)
  })

  test('a stranger sees none of it', async () => {
    const stranger = await tokenOf('sten')
    const { id, analysis_id, file_id } = results[0]!
    for (const path of [`results?id=eq.${id}`, `analyses?id=eq.${analysis_id}`, `files?id=eq.${file_id}`]) {
      assert.equal((await rest<unknown[]>(token, path)).body.length, 1, path)
      assert.deepEqual((await rest<unknown[]>(stranger, path)).body, [], path)
    }
  })
})

function outputsOf(cell: NotebookCell, mediaType: string): unknown[] {
  return cell.outputs.flatMap(({ data }) => data?.[mediaType] ?? [])
}

function htmlOf(cell: NotebookCell): string {
  return outputsOf(cell, 'text/html').join('')
}
