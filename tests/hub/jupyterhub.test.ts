import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { loginToHub, spawn, startKernel, type UserServer } from '../notebooks/kernel.ts'
import { printed, runNotebook } from '../notebooks/notebook.ts'
import { serviceToken, startHub, writePasswords, type HubProcess } from './hub-process.ts'
import { descendants, isRunning } from './processes.ts'

const usePetri = 'access:services!service=petri'
let hub: HubProcess
let server: UserServer

before(async () => {
  hub = await startHub(['dina', 'tess'])
  writeFileSync(join(hub.notebooksDir, 'sums.ipynb'), notebook('const a: number = 40;', 'a + "x" * 2', 'a + 2'))
  const home = join(hub.dataDir, 'users', 'dina', 'notebooks')
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'mine.ipynb'), 'my own')
  writeFileSync(join(hub.notebooksDir, 'mine.ipynb'), notebook('1'))
  server = await spawn(await loginToHub(hub.url, 'dina', 'pw-dina'))
})

after(() => hub?.stop())

function notebook(...sources: string[]): string {
  const cells = sources.map((source, index) => ({ cell_type: 'code', execution_count: null, id: `cell-${index}`, metadata: source.includes('"x"') ? { tags: ['raises-exception'] } : {}, outputs: [], source }))
  return JSON.stringify({ cells, metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript (Petri)' } }, nbformat: 4, nbformat_minor: 5 })
}

async function ask(path: string, token: string | undefined, init: RequestInit = {}) {
  const answer = await fetch(`${hub.hubUrl}/api/${path}`, { ...init, ...(token && { headers: { authorization: `token ${token}` } }) })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

async function kernelToken(): Promise<string> {
  await using kernel = await startKernel(server)
  return printed(await kernel.executeCell('process.env.JUPYTERHUB_API_TOKEN')).trim()
}

test('a wrong password, an unknown person and a path for a name are refused', async () => {
  await assert.rejects(loginToHub(hub.url, 'dina', 'pw-tess'), /Invalid username or password/)
  await assert.rejects(loginToHub(hub.url, 'nobody', 'pw-dina'), /Invalid username or password/)
  await assert.rejects(loginToHub(hub.url, '../dina', 'pw-dina'), /Invalid username or password/)
})

test('a kernel’s token names its person, may use Petri, and has no session', async () => {
  const { body } = await ask('user', await kernelToken())
  assert.deepEqual([body.kind, body.name, body.session_id], ['user', 'dina', null])
  assert.ok(body.scopes.includes(usePetri))
})

test('a page’s token names its person, may use Petri, and has a session', async () => {
  const { body } = await ask('user', server.token)
  assert.deepEqual([body.kind, body.name, typeof body.session_id], ['user', 'dina', 'string'])
  assert.ok(body.scopes.includes(usePetri))
})

test('the gateway’s own token is a service’s, without any right', async () => {
  const { body } = await ask('user', serviceToken)
  assert.deepEqual([body.kind, body.name, body.scopes], ['service', 'petri', []])
})

test('no token of a server makes tokens or reads other people', async () => {
  for (const token of [server.token, await kernelToken(), serviceToken]) {
    assert.notEqual((await ask('users/dina/tokens', token, { method: 'POST', body: '{}' })).status, 201)
    assert.notEqual((await ask('users/tess', token)).status, 200)
  }
  assert.equal((await ask('user', server.token)).status, 200)
})

test('a password is checked again without any token, and each failure slows the next try', async () => {
  const recheck = (password: string) =>
    ask('users/tess/tokens', undefined, { method: 'POST', body: JSON.stringify({ auth: { username: 'tess', password }, expires_in: 60, scopes: ['tokens!user'] }) })
  await loginToHub(hub.url, 'tess', 'pw-tess')
  const right = await recheck('pw-tess')
  assert.equal(right.status, 201)
  assert.equal((await ask(`users/tess/tokens/${right.body.id}`, right.body.token, { method: 'DELETE' })).status, 204)
  assert.equal((await ask('user', right.body.token)).status, 403)
  await recheck('wrong')
  const began = performance.now()
  assert.equal((await recheck('wrong')).status, 403)
  assert.ok(performance.now() - began > 400)
})

test('whoever leaves the file is signed out, and nobody else', async () => {
  const [dina, tess] = [await loginToHub(hub.url, 'dina', 'pw-dina'), await loginToHub(hub.url, 'tess', 'pw-tess')]
  writePasswords(hub.passwordsFile, ['dina'])
  await setTimeout(1500)
  assert.match((await tess.browser.open('/hub/home')).body, /id="login-main"/)
  assert.doesNotMatch((await dina.browser.open('/hub/home')).body, /id="login-main"/)
  await assert.rejects(loginToHub(hub.url, 'tess', 'pw-tess'), /Invalid username or password/)
})

test('worked notebooks are brought to the home, and a person’s own is never overwritten', () => {
  const home = join(hub.dataDir, 'users', 'dina', 'notebooks')
  assert.match(readFileSync(join(home, 'sums.ipynb'), 'utf8'), /tslab/)
  assert.equal(readFileSync(join(home, 'mine.ipynb'), 'utf8'), 'my own')
})

test('a notebook runs in TypeScript, and a cell that does not compile says why', async () => {
  const cells = await runNotebook(server, 'notebooks/sums.ipynb')
  assert.deepEqual(cells.map(({ status }) => status), ['ok', 'error', 'ok'])
  assert.match(printed(cells[1]!), /left-hand side of an arithmetic operation/)
  assert.equal(printed(cells[2]!), '42\n')
})

test('a notebook imports the client and the libraries, with their types', async () => {
  await using kernel = await startKernel(server)
  const said = async (code: string) => printed(await kernel.executeCell(code)).trim()
  assert.equal(await said('import { connect } from "@petri/client"; typeof connect'), 'function')
  assert.match(await said('const wrong: number = connect'), /Promise<Lab>' is not assignable to type 'number'/)
  assert.equal(await said('import { tableFromArrays } from "apache-arrow"; tableFromArrays({ a: [1, 2, 3] }).numRows'), '3')
  assert.equal(await said('import { levenbergMarquardt } from "ml-levenberg-marquardt"; typeof levenbergMarquardt'), 'function')
})

test('stop ends a cell that waits, and the kernel goes on', async () => {
  await using kernel = await startKernel(server)
  const waiting = kernel.executeCell('await new Promise(resolve => setTimeout(resolve, 60000))')
  await setTimeout(1000)
  await kernel.interrupt()
  const { status, elapsedMs } = await waiting
  assert.equal(status, 'error')
  assert.ok(elapsedMs < 10_000)
  assert.equal(printed(await kernel.executeCell('6 * 7')), '42\n')
})

test('the Hub and its proxy listen on 127.0.0.1 and no other address', { skip: process.platform !== 'linux' }, async () => {
  for (const url of [hub.url, hub.hubUrl]) {
    assert.equal(await answers('127.0.0.1', url), true)
    // Also this machine's, so a socket bound to every address would answer.
    assert.equal(await answers('127.0.0.2', url), false)
  }
})

test('what runs in a page may talk to this machine alone', async () => {
  const page = await fetch(new URL('lab', server.url), { headers: { authorization: `token ${server.token}` } })
  const policy = Object.fromEntries((page.headers.get('content-security-policy') ?? '').split('; ').map((rule) => rule.split(/ (.*)/)))
  assert.equal(policy['default-src'], "'self'")
  for (const rule of ['script-src', 'connect-src', 'img-src', 'frame-src', 'form-action']) {
    const elsewhere = policy[rule].split(' ').filter((source: string) => !/^('|data:|blob:|http:\/\/127\.0\.0\.1:|http:\/\/\*\.localhost:)/.test(source))
    assert.deepEqual(elsewhere, [], rule)
  }
})

test('JupyterLab asks nobody outside for news or extensions', async () => {
  const page = await fetch(new URL('lab', server.url), { headers: { authorization: `token ${server.token}` } })
  const config = JSON.parse(/id="jupyter-config-data" type="application\/json">(.*?)<\/script>/s.exec(await page.text())?.[1] ?? '{}')
  assert.equal(config.news.disabled, true)
  assert.deepEqual(config.disabledExtensions.sort(), ['@jupyterlab/apputils-extension:announcements', '@jupyterlab/extensionmanager-extension:plugin'])
})

function answers(host: string, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), host)
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

test('kill -9 of the Hub leaves no proxy, no server, and no kernel in an endless loop', async () => {
  const kernel = await startKernel(server)
  await kernel.executeCell('1')
  kernel.executeCell('for (;;) {}').catch(() => {})
  await setTimeout(500)
  const started = descendants(hub.child.pid!)
  for (const what of ['configurable-http-proxy', 'singleuser.py', 'tslab']) {
    assert.ok(started.some(({ command }) => command.includes(what)), `${what} must run before`)
  }
  hub.child.kill('SIGKILL')
  const until = Date.now() + 5000
  while (started.some(({ pid }) => isRunning(pid)) && Date.now() < until) await setTimeout(100)
  assert.deepEqual(started.filter(({ pid }) => isRunning(pid)), [])
})
