import { loginToHub, spawn } from '../../../tests/notebooks/hub.ts'
import { failureIn, printed, runNotebook, type NotebookCell } from '../../../tests/notebooks/notebook.ts'
import { hold, type Check } from './check.ts'
import { passwordOf, rest, signIn, type Session } from './people.ts'

type Estimate = { measurand: string; value: number }

const published = { Vm: 212.7, K: 0.0641 }

export const check: Check = {
  name: 'notebook',
  async run(stack) {
    const server = await spawn(await loginToHub(stack.urls.public, 'dina', passwordOf(stack, 'dina')))
    const cells = await runNotebook(server, 'notebooks/01-enzyme-kinetics.ipynb')
    const failed = failureIn(cells)
    hold(!failed, `cell ${failed?.index} failed: ${failed && printed(failed).slice(-500)}`)
    hold(cells.some(({ status, tags }) => status === 'error' && tags.includes('raises-exception')), 'the wrong column compiled')
    const said = cells.map(printed).join('\n')
    return { cells: cells.length, ...(await registeredEstimates(await signIn(stack, 'dina'))), ...streamed(said, cells) }
  },
}

/** What the notebook registered, compared with what was published. */
async function registeredEstimates(session: Session): Promise<{ Vm: number; K: number }> {
  const [result] = await rest<{ id: string }[]>(session, 'results?name=eq.Michaelis–Menten fit, treated&select=id')
  hold(result !== undefined, 'no result was registered')
  const values = await rest<Estimate[]>(session, `result_values?result_id=eq.${result.id}&select=measurand,value`)
  const [Vm, K] = [valueOf(values, 'Vm'), valueOf(values, 'K')]
  for (const [name, value, wanted] of [['Vm', Vm, published.Vm], ['K', K, published.K]] as const) {
    hold(Math.abs(value / wanted - 1) < 0.005, `${name} is ${value}, published ${wanted}`)
  }
  return { Vm, K }
}

const valueOf = (values: Estimate[], name: string) => values.find(({ measurand }) => measurand === name)?.value ?? NaN

function streamed(said: string, cells: NotebookCell[]): { millionRowsMs: number } {
  hold(/1,000,000 synthetic rows/.test(said), 'a million rows did not arrive')
  return { millionRowsMs: Math.round(cells.find(({ source }) => source.includes('streamSynthetic()'))?.elapsedMs ?? NaN) }
}
