import { createServer, type Server } from 'node:http'
import type { Sequencer } from './sequencer.ts'

const SILENT_MS = 15_000

/** `GET /healthz`: 200 while the sequencer reaches the database, else 503. */
export function createHealth({ state }: Sequencer): Server {
  return createServer((req, res) => {
    const ok = Date.now() - state.aliveAt < SILENT_MS
    const found = req.method === 'GET' && req.url === '/healthz'
    res.writeHead(!found ? 404 : ok ? 200 : 503, { 'content-type': 'application/json' })
    res.end(JSON.stringify(found ? { ok, sequencer: state.leads ? 'leads' : 'stands by' } : { message: 'expected GET /healthz' }))
  })
}
