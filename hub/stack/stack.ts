import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, delimiter } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import { showStep } from './bootstrap/terminal.mjs'
import { checkDisk } from './disk.ts'
import { createDatabase, databaseUrl, migrate } from './database.ts'
import { describeStack, type StackDescription } from './description.ts'
import { markName, release, startGuard } from './guard.ts'
import { writeJson } from './json-file.ts'
import { foundLab } from './found-lab.ts'
import { Keeper, type Program } from './keeper.ts'
import { releaseLock, takeLock } from './lock.ts'
import { furnishBucket } from './bucket.ts'
import { objectStoreProgram, storeUrl } from './objectstore.ts'
import { readPeople } from './people.ts'
import { placesIn, type Places } from './places.ts'
import { pickPorts, type Ports } from './ports.ts'
import { initCluster, postgresProgram } from './postgres.ts'
import { removeData } from './postgres-user.ts'
import { postgrestProgram } from './postgrest.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { gatewayProgram, hubProgram, workerProgram } from './services.ts'
import { hasLab, recordVersion } from './version.ts'

export interface StackOptions {
  dataDir: string
  /** Port of the public address; 0 takes a free one. */
  port: number
  demo: boolean
  verbose?: boolean
}

// Those that others lean on come last.
const stopOrder = [['jupyterhub', 'gateway', 'worker'], ['postgrest', 'objectstore'], ['postgres']]

/** One lab's processes, from the lock on its data folder to the release of it. */
export class Stack {
  readonly places: Places
  readonly secrets: Secrets
  readonly ports: Ports
  readonly description: StackDescription
  readonly keepers: Keeper[] = []
  readonly #mark: string
  readonly #guard: ChildProcess
  readonly #options: StackOptions
  #stopping: Promise<void> | undefined

  private constructor(options: StackOptions, places: Places, ports: Ports, mark: string) {
    this.#options = options
    this.places = places
    this.ports = ports
    this.secrets = readSecrets(places.secrets)
    this.description = describeStack(places, ports, this.secrets, readPeople(places.secrets, options))
    this.#mark = mark
    this.#guard = startGuard(mark, places.postgres)
  }

  /** Takes the data folder, ends what an earlier run may have left, and picks the ports; starts nothing yet. */
  static async open(options: StackOptions): Promise<Stack> {
    const places = placesIn(options.dataDir)
    checkDisk(places.dataDir, hasLab(places.versionFile) ? 'lab' : options.demo ? 'demo' : 'empty')
    mkdirSync(places.logs, { recursive: true, mode: 0o700 })
    const mark = randomUUID()
    const staleMark = takeLock(places.lockFile, places.dataDir, mark)
    try {
      if (staleMark) await release(startGuard(staleMark, places.postgres))
      return new Stack(options, places, await pickPorts(places.portsFile, options.port), mark)
    } catch (error) {
      releaseLock(places.lockFile)
      throw error
    }
  }

  /** Brings everything up; what does not wait for another starts at the same time. */
  async start(): Promise<void> {
    await Promise.all([
      this.run('JupyterHub', hubProgram(this.places, this.ports, this.secrets)),
      this.#startLab().then(() => this.#startDoors()),
    ])
    writeJson(this.places.descriptionFile, this.description)
  }

  /** What holds rows and bytes. */
  async #startLab(): Promise<void> {
    await Promise.all([this.startObjectStore(), this.startDatabase().then((isNew) => this.applyLaw(isNew))])
    await this.furnishStore()
  }

  /** What lets people at them. */
  async #startDoors(): Promise<void> {
    await Promise.all([
      this.run('REST (PostgREST)', postgrestProgram(this.places, this.ports, this.secrets)),
      this.run('the gateway', gatewayProgram(this.places, this.ports, this.secrets)),
      this.run('the worker', workerProgram(this.ports, this.secrets)),
    ])
  }

  /** PostgreSQL alone, with its roles. A first start that was cut short begins anew. Tells whether the lab is new. */
  async startDatabase(): Promise<boolean> {
    const isNew = !hasLab(this.places.versionFile)
    if (isNew) {
      removeData(this.places)
      await showStep('a new database', async () => initCluster(this.places, this.secrets))
    }
    await this.run('PostgreSQL', postgresProgram(this.places, this.ports.postgres, this.secrets))
    if (isNew) await createDatabase(this.places, this.ports.postgres, this.secrets)
    return isNew
  }

  /** Tables, policies and functions up to this version's; a lab that begins with the demo gets it now and never again. */
  async applyLaw(isNew = false): Promise<void> {
    const { places, ports, secrets } = this
    const command = isNew && this.#options.demo ? 'demo' : 'up'
    await showStep(command === 'demo' ? 'the law and the demo lab' : 'the law', () => migrate(command, places, ports.postgres, secrets))
    if (isNew && !this.#options.demo) await foundLab(databaseUrl('migrator', ports.postgres, secrets))
    recordVersion(places.versionFile)
  }

  furnishStore(): Promise<void> {
    const { public: port, postgres } = this.ports
    return furnishBucket({
      url: storeUrl(this.ports),
      origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
      databaseUrl: databaseUrl('migrator', postgres, this.secrets),
      root: this.secrets.storeRoot,
      user: this.secrets.storeUser,
    })
  }

  async startObjectStore(): Promise<void> {
    await this.run('the object store', objectStoreProgram(this.places, this.ports, this.secrets))
  }

  /** Ends every process and gives the data folder back. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  async run(label: string, program: Program): Promise<void> {
    const keeper = new Keeper(program, { logs: this.places.logs, env: this.#environment(), verbose: this.#options.verbose ?? false })
    this.keepers.push(keeper)
    await showStep(label, () => keeper.start())
  }

  async #stopAll(): Promise<void> {
    for (const names of stopOrder) await Promise.all(this.keepers.filter(({ program }) => names.includes(program.name)).map((keeper) => keeper.stop()))
    await release(this.#guard)
    rmSync(this.places.descriptionFile, { force: true })
    rmSync(this.places.socketDir, { recursive: true, force: true })
    releaseLock(this.places.lockFile)
  }

  /** Ours, without what npm adds; the mark by which the guard knows what the stack started. */
  #environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^PETRI_|^INIT_CWD$/.test(name))
    const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
    return { ...Object.fromEntries(inherited), PATH: path, NODE_NO_WARNINGS: '1', [markName]: this.#mark }
  }
}
