import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { inRoot } from './paths.mjs'
import { Refusal } from './refusal.mjs'

const dataDir = ['data-dir', 'FOLDER', 'where the lab is kept (default: .petri/data)']
const verbose = ['verbose', null, 'show what each process writes']
const yes = ['yes', null, 'answer yes to every question']

/** What can be run: its script, its flags as [name, value or null, help], and what may follow. */
const commands = {
  start: {
    script: 'hub/stack/main.ts',
    does: 'starts the lab and prints its address',
    flags: [
      ['port', 'NUMBER', 'port of the address people open (default: 8000; 0 takes a free one)'],
      dataDir,
      ['no-demo', null, 'begin with an empty lab and its admin'],
      ['reset', null, 'delete the lab and begin anew (asks first)'],
      yes,
      verbose,
    ],
  },
  test: {
    script: 'hub/stack/test.ts',
    needsBrowser: true,
    does: 'runs every suite against a stack of its own',
    flags: [['only', 'SUITE', 'run one suite'], verbose],
  },
  smoke: {
    script: 'hub/stack/smoke.ts',
    needsBrowser: true,
    does: 'runs the main job in a temporary folder and prints what held as JSON',
    flags: [['only', 'CHECK', 'run one check'], verbose],
  },
  dump: { script: 'hub/stack/dump.ts', does: 'writes the whole lab into one file', flags: [dataDir, verbose], takes: '[FILE]' },
  restore: {
    script: 'hub/stack/restore.ts',
    does: 'brings a dumped lab back into an empty folder',
    flags: [dataDir, ['reset', null, 'delete the lab that is there first (asks first)'], yes, verbose],
    takes: 'FILE',
  },
  contracts: { script: 'hub/stack/contracts.ts', does: 'writes what is generated from the law', flags: [] },
  bench: { script: 'bench/main.ts', does: 'measures one thing against what a user would pick instead', flags: null, takes: 'NAME' },
}

/** Reads `command [--flag …] [value …]` into the script to run and its options; throws a Refusal for anything unknown. */
export function parseCommandLine([name, ...args]) {
  const command = commands[name]
  if (!command) throw new Refusal(overview(), name === '--help' ? 0 : 2)
  if (args.includes('--help')) throw new Refusal(help(name, command), 0)
  return { ...command, options: command.flags ? parseFlags(name, command, args) : { rest: args } }
}

function parseFlags(name, { flags, takes }, args) {
  const options = Object.fromEntries(flags.map(([flag, value]) => [flag, { type: value ? 'string' : 'boolean' }]))
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: Boolean(takes) })
    return { ...values, ...paths(values), ...port(values), rest: positionals }
  } catch (error) {
    throw new Refusal(`${error.message.split('. ')[0]}: see \`npm run ${name} -- --help\`.`, 2)
  }
}

/** npm runs scripts in the root, but a person's path is meant from where they stand. */
function paths(values) {
  return { 'data-dir': values['data-dir'] ? resolve(process.env.INIT_CWD ?? '.', values['data-dir']) : inRoot('.petri', 'data') }
}

function port({ port = '8000' }) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new Error(`--port ${port} is no port (0 to 65535)`)
  return { port: Number(port) }
}

function help(name, { does, flags, takes }) {
  const spelled = name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`
  const lines = (flags ?? []).map(([flag, value, text]) => `  ${`--${flag}${value ? ` ${value}` : ''}`.padEnd(20)} ${text}`)
  return [`${spelled} --${takes ? ` ${takes}` : ''} [options]`, `Petri: ${does}.`, ...lines].join('\n')
}

function overview() {
  const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(8)} ${does}`)
  return ['Petri: say what to run; each knows --help.', ...lines].join('\n')
}
