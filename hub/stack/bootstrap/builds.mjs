import { existsSync, readFileSync } from 'node:fs'
import { inRoot, inTools } from './paths.mjs'
import { npm } from './node.mjs'
import { run } from './run.mjs'

const contracts = inRoot('db/contracts')

/** The client, the extension, and the extension's place in JupyterLab: whichever of them have a script for it. */
export function buildSteps() {
  const client = npmScript('kernel-lib', 'build', 'the client', ['packages'], [contracts], 'dist')
  const extension = npmScript('extension', 'build', 'the JupyterLab extension', ['packages', 'kernel-lib-build'], [inRoot('kernel-lib'), contracts])
  const install = npmScript('extension', 'install:lab', 'the extension in JupyterLab', ['python', 'extension-build'], [inRoot('kernel-lib'), contracts, pythonStamp])
  return [client, extension, install].filter(Boolean)
}

// A new Python environment needs the extension anew.
const pythonStamp = inRoot('.petri/stamps/python')

function npmScript(workspace, script, what, needs, inputs, output = '') {
  const scripts = JSON.parse(readFileSync(inRoot(workspace, 'package.json'), 'utf8')).scripts ?? {}
  if (!scripts[script]) return undefined
  return {
    id: `${workspace}-${script.replace(':', '-')}`,
    name: script === 'build' ? `${what} is built` : `${what} is installed`,
    needs,
    fetches: false,
    inputs: () => [inRoot(workspace), inRoot('package-lock.json'), scripts[script], ...inputs],
    isThere: () => existsSync(inRoot(workspace, output)),
    work: () => runScript(workspace, script),
  }
}

async function runScript(workspace, script) {
  const [program, args, { env }] = npm(['run', script, '-w', workspace])
  const path = `${inTools('venv', 'bin')}:${env.PATH}`
  await run(`${workspace}-${script.replace(':', '-')}`, program, args, { env: { ...env, PATH: path, PETRI_VENV: inTools('venv') } })
}
