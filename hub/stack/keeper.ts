import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from './bootstrap/refusal.mjs'
import { say } from './bootstrap/terminal.mjs'
import { RotatingLog } from './log.ts'

/** A program as data: how to start it, how to see that it answers, how to stop it. */
export interface Program {
  name: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** Whom to run it as, where the supervisor is root and the program must not be. */
  user?: { uid: number; gid: number } | undefined
  isReady(): Promise<boolean>
  stopSignal?: NodeJS.Signals
}

export interface KeeperOptions {
  logs: string
  env: NodeJS.ProcessEnv
  verbose?: boolean
}

const readyWithinMs = 90_000
const stopWithinMs = 10_000
const longestPauseMs = 30_000
const steadyAfterMs = 60_000

/** Keeps one program running: starts it, waits until it answers, starts it again when it ends by itself, stops it when told. */
export class Keeper {
  readonly program: Program
  readonly #options: KeeperOptions
  readonly #log: RotatingLog
  #child: ChildProcess | undefined
  #ended: Promise<string> = Promise.resolve('not started')
  #isStopping = false

  constructor(program: Program, options: KeeperOptions) {
    this.program = program
    this.#options = options
    this.#log = new RotatingLog(join(options.logs, `${program.name}.log`))
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves once it answers; throws a Refusal if it ends first. From then on it is kept running. */
  async start(): Promise<void> {
    this.#spawn()
    await this.#untilReady()
    void this.#keep()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    const signal = this.program.stopSignal ?? 'SIGTERM'
    this.#signal(signal)
    const late = setTimeout(() => this.#signal('SIGKILL'), stopWithinMs)
    await this.#ended
    clearTimeout(late)
    this.#log.close()
  }

  #spawn(): void {
    const { command, args, env, cwd, user } = this.program
    // A group of its own: Ctrl-C reaches the supervisor alone, which then stops everything in order.
    const child = spawn(command, args, {
      ...user,
      cwd,
      env: { ...this.#options.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.#record(chunk))
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (code, signal) => resolve(signal ?? `exit ${code}`))
    })
  }

  #record(chunk: Buffer): void {
    this.#log.write(chunk)
    if (this.#options.verbose) for (const line of chunk.toString().trimEnd().split('\n')) say(`${this.program.name} | ${line}`)
  }

  async #untilReady(): Promise<void> {
    const late = Date.now() + readyWithinMs
    let ended: string | undefined
    void this.#ended.then((how) => (ended = how))
    while (!(await this.program.isReady().catch(() => false))) {
      if (ended) throw new Refusal(`${this.program.name} ended while starting (${ended}): ${this.#lastLine()}; see ${this.#log.file}`)
      if (Date.now() > late) throw new Refusal(`${this.program.name} did not answer within ${readyWithinMs / 1000} s; see ${this.#log.file}`)
      await sleep(50)
    }
  }

  async #keep(): Promise<void> {
    let pauseMs = 500
    while (true) {
      const begun = Date.now()
      const how = await this.#ended
      if (this.#isStopping) return
      pauseMs = Date.now() - begun > steadyAfterMs ? 500 : Math.min(pauseMs * 2, longestPauseMs)
      say(`${this.program.name} ended by itself (${how}); it is started again in ${pauseMs / 1000} s; see ${this.#log.file}`)
      await sleep(pauseMs)
      if (this.#isStopping) return
      this.#spawn()
    }
  }

  /** To the whole group, so that what the program started ends with it. */
  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid
    if (!pid || this.#child?.exitCode !== null || this.#child.signalCode) return
    try {
      // PostgreSQL alone tells its own children what to do.
      process.kill(this.program.stopSignal ? pid : -pid, signal)
    } catch {
      // It ended between the look and the signal.
    }
  }

  #lastLine(): string {
    return readFileSync(this.#log.file, 'utf8').trimEnd().split('\n').at(-1)?.slice(0, 300) ?? ''
  }
}
