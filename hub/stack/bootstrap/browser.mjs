import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { inRoot, inTools } from './paths.mjs'
import { installPinned, nodeForStack } from './node.mjs'
import { Refusal } from './refusal.mjs'
import { run } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const command = inTools('browser')

/** A Chromium for the journeys: the system's, else one from npm that brings the libraries a bare machine lacks. */
export function browserSteps() {
  const system = process.env.PETRI_CHROMIUM ?? names.map(which).find(Boolean)
  return [
    {
      id: 'browser',
      name: 'Chromium, headless',
      needs: system ? [] : ['node'],
      fetches: !system,
      inputs: () => [inRoot('hub/stack/toolchain/chromium/package-lock.json'), `system: ${system}`, `at ${command}`],
      isThere: () => existsSync(command),
      work: async () => writeCommand(system ? `exec "${system}" "$@"` : await fetchChromium()),
    },
  ]
}

function which(name) {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** One path to start, whichever browser it is; says at once if it does not run. */
function writeCommand(start) {
  writeFileSync(command, `#!/bin/sh\n${start}\n`)
  chmodSync(command, 0o755)
  try {
    execFileSync(command, ['--version', '--no-sandbox', '--headless'], { stdio: 'pipe', timeout: 30_000 })
  } catch (error) {
    throw new Refusal(`Chromium does not run here (${String(error.stderr).trim().split('\n').at(-1)}): install one (Debian: apt install chromium), or name one in PETRI_CHROMIUM.`)
  }
}

async function fetchChromium() {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') throw new Refusal('No Chromium was found: install Chromium or Chrome, or name one in PETRI_CHROMIUM.')
  await installPinned('chromium')
  const folder = inTools('chromium')
  // The package unpacks into the temporary folder, with its libraries only where it takes the machine for a cloud function.
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  await run('chromium', nodeForStack(), ['--input-type=module', '--eval', unpack], { cwd: folder, env, append: true })
  const libraries = `LD_LIBRARY_PATH="${folder}/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`
  return `export FONTCONFIG_PATH="\${FONTCONFIG_PATH:-${fontFolder(folder)}}" ${libraries}\nexec "${folder}/chromium" "$@"`
}

/** The system's fonts where it has some, else those that came along. */
const fontFolder = (folder) => (existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : `${folder}/fonts`)
