import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { loginToHub, spawn } from '../notebooks/hub.ts'
import { bearer, call, exchange, passwordOf, signIn, type Answer } from './people.ts'
import { readStack } from './stack.ts'

const WILD = `O'Brien's "run" 🧪 <script>alert(1)</script>`

describe('the signing page', { timeout: 120_000 }, () => {
  let run: string
  let page: string
  let rhea: string
  before(async () => {
    [run, rhea] = await Promise.all([runUpToApproval(), pageToken('rhea')])
    const { body } = await rpc<{ sign_path: string }>(rhea, 'request_signature', { run_id: run, step: 'approve', meaning: 'approved' })
    page = body.sign_path
  })

  test('is not reached from a notebook', async () => {
    const { access_token: kernel } = await signIn('rhea')
    const { status, body } = await rpc<{ code: string }>(kernel, 'request_signature', { run_id: run, step: 'approve', meaning: 'approved' })
    assert.deepEqual([status, body.code], [403, 'PL016'])
  })

  test('shows who signs what with which meaning, and nothing that a name could smuggle in', async () => {
    const { status, headers, body } = await call<string>(page)
    assert.equal(status, 200)
    for (const text of ['Rhea Castellan', 'approved', 'Approve the run', '&lt;script&gt;alert(1)&lt;/script&gt;', 'Password of rhea']) {
      assert.ok(body.includes(text), text)
    }
    assert.doesNotMatch(body, /<script/)
    const policy = headers.get('content-security-policy')!
    for (const rule of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"]) assert.ok(policy.includes(rule), rule)
    assert.doesNotMatch(policy, /unsafe|script-src/)
  })

  test('refuses a wrong password, and lets the person try again', async () => {
    const { status, body } = await post('not the password')
    assert.equal(status, 403)
    assert.match(body, /That is not the password of rhea/)
    assert.match(body, /<form/)
    assert.equal((await readRun()).status, 'running')
  })

  test('signs with the right one, once', async () => {
    const { status, body } = await post(passwordOf('rhea'))
    assert.equal(status, 200, body)
    assert.match(body, /Rhea Castellan has signed/)
    assert.equal((await readRun()).status, 'completed')
    const again = await post(passwordOf('rhea'))
    assert.equal(again.status, 410)
    assert.match(again.body, /no longer valid/)
    assert.equal((await call(page)).status, 410)
  })

  test('leaves no token behind at the Hub', async () => {
    const { browser } = await loginToHub(readStack().urls.public, 'rhea', passwordOf('rhea'))
    const { body } = await browser.open('/hub/token')
    assert.match(body, />\s*test\s*</, 'this page lists her tokens by their notes')
    assert.doesNotMatch(body, />\s*signature\s*</)
  })

  for (const challenge of ['', 'nonsense', randomUUID()]) {
    test(`knows nothing of the challenge "${challenge.slice(0, 8)}"`, async () => {
      const { status, body } = await call<string>(`sign?challenge=${challenge}`)
      assert.ok([404, 410].includes(status), String(status))
      assert.match(body, /role="alert"/)
    })
  }

  const post = (password: string): Promise<Answer<string>> => {
    const challenge = new URLSearchParams(page.split('?')[1]).get('challenge')!
    return call('sign', { method: 'POST', body: new URLSearchParams({ challenge, password }) })
  }
  const readRun = async (): Promise<{ status: string }> =>
    (await call<{ status: string }[]>(`rest/sop_runs?id=eq.${run}`, { headers: bearer(rhea) })).body[0]!
})

test('the signing page is no place to guess passwords', { timeout: 120_000 }, async () => {
  const [run, ada] = await Promise.all([runUpToApproval(), pageToken('ada')])
  const { body: { challenge_id: challenge } } = await rpc<{ challenge_id: string }>(ada, 'request_signature', { run_id: run, step: 'approve', meaning: 'approved' })
  const statuses: number[] = [] // of ada, whom nobody else here asks to sign
  for (let guess = 0; guess < 6; guess++) {
    statuses.push((await call('sign', { method: 'POST', body: new URLSearchParams({ challenge, password: `guess ${guess}` }) })).status)
  }
  assert.match(statuses.join(' '), /^(403 ){0,5}429( 429)*$/) // fewer where she guessed a moment ago
})

const rpc = <Body>(token: string, name: string, args: object): Promise<Answer<Body>> => call(`rest/rpc/${name}`, {
  method: 'POST', headers: { ...bearer(token), 'content-type': 'application/json' }, body: JSON.stringify(args),
})

/** Our token for a person's page, which may sign. */
async function pageToken(login: string): Promise<string> {
  const { token } = await spawn(await loginToHub(readStack().urls.public, login, passwordOf(login)))
  return (await exchange(token)).body.access_token
}

/** A run of the Bradford assay in which the technician has done all her steps. */
async function runUpToApproval(): Promise<string> {
  const { access_token: tess } = await signIn('tess')
  const headers = bearer(tess)
  const { body: [project] } = await call<{ id: string }[]>('rest/projects?code=eq.IMM', { headers })
  const { body: [sample] } = await call<{ id: string, code: string }[]>(`rest/samples?project_id=eq.${project!.id}&limit=1`, { headers })
  const { body: { run_id: run } } = await rpc<{ run_id: string }>(tess, 'start_run',
    { sop: 'BRADFORD', project_id: project!.id, name: WILD, sample_ids: [sample!.id] })
  const steps: [step: string, fields: object][] = [
    ['identify', { sample: { value: sample!.code }, reagent_lot: { value: 'SYN-002' } }],
    ['dye_sample', { dye_volume: { value: 5, unit: 'mL' } }],
    ['dye_blank', { dye_volume: { value: 5, unit: 'mL' } }],
    ['incubate', { incubation_time: { value: 10, unit: 'min' } }],
    ['read', { absorbance: { value: 0.42, unit: '1' } }],
  ]
  for (const [step, fields] of steps) {
    const { status, body } = await rpc(tess, 'advance_run', { run_id: run, step, fields, act_key: randomUUID() })
    assert.equal(status, 200, `${step}: ${JSON.stringify(body)}`)
  }
  return run
}
