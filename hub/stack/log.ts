import { closeSync, fstatSync, openSync, renameSync, existsSync, writeSync } from 'node:fs'

const maxBytes = 5_000_000
const kept = 3

/** A log file that is set aside at 5 MB as `.1`, `.2`, `.3`, the oldest being dropped. */
export class RotatingLog {
  readonly file: string
  #fd: number

  constructor(file: string) {
    this.file = file
    this.#fd = openSync(file, 'a', 0o600)
  }

  write(chunk: string | Uint8Array): void {
    if (typeof chunk === 'string') writeSync(this.#fd, chunk)
    else writeSync(this.#fd, chunk)
    if (fstatSync(this.#fd).size > maxBytes) this.#rotate()
  }

  close(): void {
    closeSync(this.#fd)
  }

  #rotate(): void {
    closeSync(this.#fd)
    for (let n = kept - 1; n >= 0; n -= 1) {
      const from = n ? `${this.file}.${n}` : this.file
      if (existsSync(from)) renameSync(from, `${this.file}.${n + 1}`)
    }
    this.#fd = openSync(this.file, 'a', 0o600)
  }
}
