import { Client } from 'pg'

/**
 * Calls `ring` for each notification on `channel`, and after a lost connection is back, since some may have been missed.
 * Returns what stops it.
 */
export async function listen(databaseUrl: string, channel: string, ring: () => void): Promise<() => Promise<void>> {
  let client: Client
  let closed = false
  const connect = async (): Promise<void> => {
    client = new Client({ connectionString: databaseUrl, application_name: `petri listens to ${channel}`, keepAlive: true })
    client.on('notification', ring)
    client.on('error', error => console.error(`${channel}: lost the database`, error.message))
    client.on('end', () => closed || setTimeout(reconnect, 1_000))
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
  }
  const reconnect = (): void => void (closed || connect().then(ring, () => client.end().catch(() => {}))) // whose end tries again
  await connect()
  return async () => {
    closed = true
    await client.end()
  }
}
