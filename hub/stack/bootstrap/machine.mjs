import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { Refusal } from './refusal.mjs'

const neededMb = 3000
const neededMbLater = 300
const pythons = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']

/** Looks for what a newcomer must have before anything is fetched. Returns `{ python }`. */
export function checkMachine() {
  checkPlatform()
  if (!answers('git', ['--version'])) throw new Refusal('git is missing: install it (Debian, Ubuntu: apt install git) and run this again.')
  checkFolder()
  checkDisk()
  return { python: findPython() }
}

function checkPlatform() {
  const platform = `${process.platform}-${process.arch}`
  if (platform === 'linux-x64' || process.env.POSTGREST_BIN) return
  throw new Refusal(
    `No PostgREST binary comes with npm for ${platform}: run \`docker compose up\` instead, or name one in POSTGREST_BIN.`,
  )
}

function checkFolder() {
  const folder = existsSync(inRoot('.petri')) ? inRoot('.petri') : inRoot()
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Refusal(`Cannot write to ${folder}: make it yours (chown -R $(id -un) "${folder}"), or use a checkout of your own.`)
  }
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(inRoot())
  const freeMb = Math.floor((bavail * bsize) / 1e6)
  const needed = existsSync(inRoot('.petri', 'stamps', 'python')) ? neededMbLater : neededMb
  if (freeMb < needed) throw new Refusal(`The disk is full: ${freeMb} MB free at ${inRoot()}, ${needed} MB needed; make room and run this again.`)
}

function findPython() {
  const names = process.env.PETRI_PYTHON ? [process.env.PETRI_PYTHON] : pythons
  const found = names.map((name) => ({ name, version: answers(name, ['-c', 'import sys; print(*sys.version_info[:2])']) }))
  const good = found.find(({ version }) => version && isNewEnough(version))
  if (!good) throw new Refusal(wrongPython(found.find(({ version }) => version)))
  if (!answers(good.name, ['-c', 'import venv, ensurepip; print(1)'])) {
    throw new Refusal(`${good.name} has no venv module: install it (Debian, Ubuntu: apt install python3-venv) and run this again.`)
  }
  return answers(good.name, ['-c', 'import sys; print(sys.executable)'])
}

function isNewEnough(version) {
  const [major, minor] = version.split(' ').map(Number)
  return major === 3 && minor >= 10
}

function wrongPython(old) {
  const what = old ? `Python ${old.version.replace(' ', '.')} is too old` : 'Python is missing'
  return `${what}: install Python 3.10 or newer (Debian, Ubuntu: apt install python3 python3-venv), or name one in PETRI_PYTHON.`
}

/** What a program prints, or nothing if it cannot run. */
function answers(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
