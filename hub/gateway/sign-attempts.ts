import { Refusal } from './refusal.ts'

const WINDOW_MS = 5 * 60_000
const ATTEMPTS = 5

/** Counts wrong passwords per login, so that the signing page is no place to guess them. */
export interface Attempts {
  /** @throws Refusal 429 */
  assertAllowed(login: string): void
  failed(login: string): void
  succeeded(login: string): void
}

export function countAttempts(): Attempts {
  const failures = new Map<string, number[]>()
  const recent = (login: string): number[] => (failures.get(login) ?? []).filter(at => at > Date.now() - WINDOW_MS)
  return {
    assertAllowed(login) {
      if (recent(login).length >= ATTEMPTS) throw new Refusal(429, 'too many wrong passwords', 'Wait five minutes, then try again.')
    },
    failed(login) {
      failures.set(login, [...recent(login), Date.now()])
    },
    succeeded(login) {
      failures.delete(login)
    },
  }
}
