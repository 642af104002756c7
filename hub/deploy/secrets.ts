// node hub/deploy/secrets.ts   (once, before `docker compose up`; without Node on the host:
// docker run --rm -v "$PWD:/petri" -w /petri node:24 node hub/deploy/secrets.ts)
// Makes each secret of docker-compose.yml as a file of its own, and keeps those that are there.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPeople } from '../stack/people.ts'
import { readSecrets } from '../stack/secrets.ts'

const folder = join(import.meta.dirname, '../../.petri/compose')
const { roles, serviceToken, proxyToken, storeRoot, storeUser } = readSecrets(folder)
const people = readPeople(folder, { demo: true })

const url = (role: 'authenticator' | 'worker' | 'migrator') => `postgres://${role}:${roles[role]}@postgres:5432/petri`

const secrets: Record<string, string> = {
  postgres_password: roles.postgres,
  authenticator_url: url('authenticator'),
  worker_url: url('worker'),
  migrator_url: url('migrator'),
  service_token: serviceToken,
  proxy_token: proxyToken,
  store_root_key: storeRoot.accessKey,
  store_root_secret: storeRoot.secretKey,
  store_user_key: storeUser.accessKey,
  store_user_secret: storeUser.secretKey,
}

// Each container reads under its own user id, so the files are readable and the folder above is not.
const mounted = join(folder, 'mounted')
mkdirSync(mounted, { recursive: true })
for (const [name, value] of Object.entries(secrets)) {
  if (!existsSync(join(mounted, name))) writeFileSync(join(mounted, name), value, { mode: 0o644 })
}
for (const name of ['signing-key.json', 'jwks.json', 'passwords.json']) chmodSync(join(folder, name), 0o644)

for (const { login, password, name, role } of people) console.log(`${login.padEnd(6)} ${password}   ${name}, ${role}`)
