/** The gateway: Hub tokens in, our tokens out; REST, GraphQL, events and the signing page under one path. */
import { Pool } from 'pg'
import { openChangeFeed } from './changes.ts'
import { serveGraphql } from './graphql.ts'
import { createGateway } from './server.ts'
import { readSettings } from './settings.ts'
import { readSigningKey } from './signing-key.ts'

const settings = readSettings(process.env)
const key = await readSigningKey(settings.signingKeyFile)
const pool = new Pool({ connectionString: settings.databaseUrl, application_name: 'petri gateway', max: 10 })
pool.on('error', error => console.error('lost an idle database connection', error.message))
const feed = await openChangeFeed(settings.databaseUrl, pool)
const graphql = await serveGraphql(`${settings.prefix}graphql`, settings.databaseUrl, pool, key, feed)
const server = createGateway({ settings, pool, key, feed, graphql })

server.listen(settings.port, settings.host, () => console.log(`gateway: http://${settings.host}:${settings.port}${settings.prefix}`))

async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), 2_000).unref() // streams and sockets do not end by themselves; readers resume by position
  await new Promise(closed => server.close(closed))
  await graphql.release()
  await feed.close()
  await pool.end()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
