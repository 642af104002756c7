/** Puts the built extension where the JupyterLab of the environment PETRI_VENV finds it. */
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('labextension', import.meta.url))
const venv = process.env.PETRI_VENV
if (!venv || !existsSync(venv)) fail('PETRI_VENV names no Python environment: set it to the one that has JupyterLab.')
if (!existsSync(join(built, 'package.json'))) fail('There is no built extension: run "npm run build -w extension" first.')

const place = join(venv, 'share', 'jupyter', 'labextensions', '@petri', 'jupyterlab')
rmSync(place, { recursive: true, force: true })
cpSync(built, place, { recursive: true })
console.log(`installed in ${place}`)

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
