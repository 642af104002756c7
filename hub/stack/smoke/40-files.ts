import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StackDescription } from '../description.ts'
import { hold, type Check } from './check.ts'
import { rest, signIn, type Session } from './people.ts'

type Grant = { file_id: string; url: string; headers: Record<string, string> }
type Verdict = { status: string; problem?: string }

const sizeBytes = 5_000_000

export const check: Check = {
  name: 'upload with verified checksum',
  async run(stack) {
    const session = await signIn(stack, 'arno')
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(65_536))).toString('hex').repeat(39).slice(0, sizeBytes)
    const grant = await askGrant(session, bytes)
    hold((await put(grant, bytes.replace(/.$/, '!'))) === 400, 'the store took bytes that do not match their hash')
    hold((await put(grant, bytes)) === 200, 'the store refused the right bytes')
    const began = Date.now()
    const { status, problem } = await untilVerified(session, grant.file_id)
    hold(status === 'verified', `the file became ${status}: ${problem}`)
    hold((await read(session, grant.file_id)) === bytes, 'other bytes came back')
    await refuseStranger(stack, grant.file_id)
    return { bytes: sizeBytes, verifiedAfterMs: Date.now() - began }
  },
}

async function askGrant(session: Session, bytes: string): Promise<Grant> {
  const [experiment] = await rest<{ id: string }[]>(session, 'experiments?name=eq.Puromycin&select=id')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const wish = { name: 'smoke.txt', media_type: 'text/plain', size_bytes: bytes.length, sha256, experiment_id: experiment?.id }
  return rest<Grant>(session, 'rpc/grant_upload', wish)
}

async function put({ url, headers }: Grant, body: string): Promise<number> {
  return (await fetch(url, { method: 'PUT', headers, body: new Blob([body]) })).status
}

async function untilVerified(session: Session, fileId: string): Promise<Verdict> {
  let verdict = await rest<Verdict>(session, 'rpc/commit_upload', { file_id: fileId })
  for (let tries = 0; tries < 100 && verdict.status === 'stored'; tries += 1) {
    await sleep(200)
    verdict = (await rest<Verdict[]>(session, `files?id=eq.${fileId}&select=status,problem`))[0] ?? { status: 'invisible' }
  }
  return verdict
}

async function read(session: Session, fileId: string): Promise<string> {
  const { url } = await rest<{ url: string }>(session, 'rpc/open_file', { file_id: fileId })
  return (await fetch(url)).text()
}

async function refuseStranger(stack: StackDescription, fileId: string): Promise<void> {
  const sten = await signIn(stack, 'sten')
  const opened = await rest(sten, 'rpc/open_file', { file_id: fileId }).then(() => true, () => false)
  hold(!opened, 'a stranger opened the file')
}
