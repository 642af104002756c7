import { existsSync, rmSync } from 'node:fs'
import { inRoot, inTools } from './paths.mjs'
import { run } from './run.mjs'

const requirements = inRoot('hub/jupyter/requirements.txt')
const venv = inTools('venv')
export const venvPython = inTools('venv', 'bin', 'python')

/** JupyterHub and JupyterLab in an environment of their own. */
export function pythonSteps(python) {
  return [
    {
      id: 'python',
      name: 'JupyterHub and JupyterLab',
      needs: [],
      fetches: true,
      // Scripts in the environment name its absolute path: a moved checkout needs a new one.
      inputs: () => [requirements, python, `at ${venv}`],
      isThere: () => existsSync(venvPython),
      work: () => makeEnvironment(python),
    },
  ]
}

async function makeEnvironment(python) {
  rmSync(venv, { recursive: true, force: true })
  await run('python', python, ['-m', 'venv', venv])
  await run('python', venvPython, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', requirements])
}
