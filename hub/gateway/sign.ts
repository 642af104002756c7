import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Pool } from 'pg'
import { readForm } from './http.ts'
import { provesPassword } from './hub.ts'
import { asRefusal, Refusal } from './refusal.ts'
import type { Attempts } from './sign-attempts.ts'
import { renderDone, renderForm, renderRefusal, STYLE_HASH } from './sign-page.ts'

/** What a challenge asks its person to sign. */
export interface Challenge {
  id: string
  login: string
  printed_name: string
  meaning: string
  /** What is signed, in a line. */
  record: string
  /** The exact text that is signed. */
  content: string
  content_sha256: string
  expires_at: Date
}

export interface Signing {
  pool: Pool
  hubApiUrl: string
  attempts: Attempts
}

export async function showChallenge(_req: IncomingMessage, res: ServerResponse, url: URL, { pool }: Signing): Promise<void> {
  await answer(res, async () => renderForm(await describeChallenge(pool, url.searchParams.get('challenge'))))
}

/** The password is the proof, and the challenge works once: a forged form has neither. */
export async function redeemChallenge(req: IncomingMessage, res: ServerResponse, { pool, hubApiUrl, attempts }: Signing): Promise<void> {
  await answer(res, async () => {
    const form = await readForm(req)
    const challenge = await describeChallenge(pool, form.get('challenge'))
    attempts.assertAllowed(challenge.login)
    if (!await provesPassword(hubApiUrl, challenge.login, form.get('password') ?? '')) {
      attempts.failed(challenge.login)
      return renderForm(challenge, `That is not the password of ${challenge.login}. Enter the password you sign in with.`)
    }
    attempts.succeeded(challenge.login)
    await pool.query('select private.redeem_signature($1, $2)', [challenge.id, challenge.login])
    return renderDone(challenge)
  })
}

async function describeChallenge(pool: Pool, id: string | null): Promise<Challenge> {
  const unknown = new Refusal(404, 'there is nothing to sign here', 'It was signed already, or it has expired: start again from the record.')
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id ?? '')) throw unknown
  const { rows: [row] } = await pool.query<Omit<Challenge, 'id'>>('select * from private.describe_challenge($1)', [id])
  if (!row) throw unknown
  return { ...row, id: id! }
}

export interface Page { status: number, html: string }

async function answer(res: ServerResponse, render: () => Promise<Page>): Promise<void> {
  const { status, html } = await render().catch((error: unknown) => renderRefusal(asRefusal(error)))
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  res.end(html)
}
