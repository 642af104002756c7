import { printsAs } from './session/inspect.ts'

export interface PetriErrorOptions {
  code: string
  details?: unknown
  hint?: string | undefined
  /** HTTP status; 0 when nothing answered. */
  status?: number
  cause?: unknown
}

/** A refusal or a failure. `code`, `message`, `details` and `hint` are the server's own words where it said any. */
export class PetriError extends Error {
  readonly code: string
  readonly details: unknown
  readonly hint: string | undefined
  readonly status: number

  constructor(message: string, { code, details, hint, status = 0, cause }: PetriErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'PetriError'
    this.code = code
    this.details = details
    this.hint = hint
    this.status = status
    this.stack = withHint(this)
    // A notebook prints errors with all they hold: neither cause nor details belong there twice.
    printsAs(this, () => this.stack ?? this.message)
  }
}

// A notebook shows the stack and nothing else: what would be right belongs in it.
function withHint({ code, message, hint, stack = '' }: PetriError): string {
  const calls = stack.split('\n').filter(line => /^\s+at /.test(line))
  return [`PetriError ${code}: ${message}`, ...(hint ? [`  ${hint}`] : []), ...calls].join('\n')
}

/** Reads the JSON body of a refusal; another server's error page becomes a sentence with its status. */
export async function readRefusal(response: Response): Promise<PetriError> {
  const { status } = response
  const body = parseObject(await response.text())
  if (typeof body?.['message'] !== 'string') {
    return new PetriError(`The server answered with status ${status}.`, { code: `HTTP${status}`, status })
  }
  const { code, message, details, hint } = body
  return new PetriError(message, {
    code: String(code ?? `HTTP${status}`),
    details: typeof details === 'string' ? parseObject(details) ?? details : details ?? undefined,
    hint: typeof hint === 'string' ? hint : undefined,
    status,
  })
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? value as Record<string, unknown> : undefined
  } catch {
    return undefined
  }
}
