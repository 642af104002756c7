/** The worker: runs the jobs that the database asks for, and the sequencer. */
import { run } from 'graphile-worker'
import { createHealth } from './health.ts'
import { startSequencer } from './sequencer.ts'
import { readSettings } from './settings.ts'
import { verifyFile } from './verify-file.ts'

const settings = readSettings(process.env)
const runner = await run({ // brings its own schema, graphile_worker, up to date first
  connectionString: settings.databaseUrl,
  taskList: { verify_file: verifyFile },
  concurrency: 2,
  maxPoolSize: 4,
  pollInterval: 2_000,
  parsedCronItems: [],
  noHandleSignals: true,
})
const stopping = new AbortController()
const sequencer = startSequencer(settings.databaseUrl, stopping.signal)
const health = createHealth(sequencer)
health.listen(settings.healthPort, settings.host, () => console.log(`worker: http://${settings.host}:${settings.healthPort}/healthz`))

async function stop(): Promise<void> {
  stopping.abort()
  health.close()
  await sequencer.stopped
  await runner.stop()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
