import { createHash } from 'node:crypto'
import type { Refusal } from './refusal.ts'
import type { Challenge, Page } from './sign.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 4rem auto; padding: 0 1.5rem; }
dt { font-size: .875rem; opacity: .75; }
dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
code, pre { font-size: .8125rem; }
pre { max-height: 20rem; margin: 0; padding: .75rem; overflow: auto; white-space: pre-wrap; border: 1px solid; border-radius: .25rem; }
label, input, button { display: block; font: inherit; }
input { box-sizing: border-box; width: 100%; padding: .5rem; margin: .25rem 0 1rem; border: 1px solid; border-radius: .25rem; }
button { padding: .5rem 1.25rem; border: 0; border-radius: .25rem; background: #1a5fb4; color: #fff; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 3px solid #62a0ea; outline-offset: 2px; }
[role=alert] { padding: .75rem 1rem; border-left: .25rem solid #c01c28; background: color-mix(in srgb, #c01c28 12%, transparent); }
`

/** Lets exactly this style sheet through the content security policy. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`

export function renderForm(challenge: Challenge, problem?: string): Page {
  return page(problem ? 403 : 200, 'Sign', `
    <p>You are about to sign. Your signature says who you are, what you mean by it, and binds both to exactly this content.</p>
    ${problem ? alert(problem) : ''}
    <dl>
      <dt>Record</dt><dd>${escape(challenge.record)}</dd>
      <dt>Meaning</dt><dd>${escape(challenge.meaning)}</dd>
      <dt>Signed by</dt><dd>${escape(challenge.printed_name)} (${escape(challenge.login)})</dd>
      <dt>Content</dt><dd><pre>${escape(challenge.content)}</pre></dd>
      <dt>Its SHA-256</dt><dd><code>${escape(challenge.content_sha256)}</code></dd>
      <dt>Expires</dt><dd>${escape(challenge.expires_at.toISOString())}</dd>
    </dl>
    <form method="post" action="sign" autocomplete="off">
      <input type="hidden" name="challenge" value="${escape(challenge.id)}">
      <label for="password">Password of ${escape(challenge.login)}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
      <button>Sign</button>
    </form>`)
}

export function renderDone(challenge: Challenge): Page {
  return page(200, 'Signed', `
    <p role="status">${escape(challenge.printed_name)} has signed ${escape(challenge.record)} as ${escape(challenge.meaning)}. You can close this page.</p>`)
}

export function renderRefusal({ status, body }: Refusal): Page {
  return page(status, 'Not signed', alert(`${sentence(body.message)} ${body.hint ?? ''}`))
}

function page(status: number, title: string, content: string): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title} · Petri</title>
  <style>${STYLE}</style>
</head>
<body>
  <main>
    <h1>${title}</h1>${content}
  </main>
</body>
</html>
`
  return { status, html }
}

const alert = (text: string): string => `<p role="alert">${escape(text)}</p>`

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escape = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character]!)
