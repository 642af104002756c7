/** A refusal, as the server worded it. `offline` means that nothing answered. */
export class PetriError extends Error {
  readonly code: string
  readonly status: number
  readonly details: unknown
  readonly hint: string | undefined

  constructor(body: { code: string; message: string; details?: unknown; hint?: string }, status: number) {
    super(body.message)
    this.name = 'PetriError'
    this.code = body.code
    this.status = status
    this.details = body.details
    this.hint = body.hint
  }

  get offline(): boolean {
    return this.code === 'offline'
  }
}

export function offlineError(): PetriError {
  return new PetriError({ code: 'offline', message: 'The lab cannot be reached.', hint: 'Check the network. Petri tries again by itself.' }, 0)
}

/** Reads the JSON body of a refusal; a proxy's own error page becomes a sentence with its status. */
export async function readRefusal(response: Response): Promise<PetriError> {
  const text = await response.text()
  // A proxy answers for a gateway that is down: for a person that is the same as no network.
  if (response.status === 502 || response.status === 503 || response.status === 504) return offlineError()
  const body = parseObject(text)
  if (typeof body?.['message'] !== 'string') {
    return new PetriError({ code: String(response.status), message: `The server answered with status ${response.status}.` }, response.status)
  }
  const { code, message, details, hint } = body
  return new PetriError({
    code: String(code ?? response.status),
    message: message,
    details: typeof details === 'string' ? parseObject(details) ?? details : details,
    hint: typeof hint === 'string' ? hint : undefined,
  }, response.status)
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? value as Record<string, unknown> : undefined
  } catch {
    return undefined
  }
}

/** Whatever was thrown, as a PetriError. */
export function asPetriError(error: unknown): PetriError {
  if (error instanceof PetriError) return error
  return new PetriError({ code: 'unexpected', message: error instanceof Error ? error.message : String(error) }, 0)
}
