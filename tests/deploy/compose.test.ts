import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { readSettings } from '../../hub/gateway/settings.ts'
import { inTools } from '../../hub/stack/bootstrap/paths.mjs'
import { readCompose, readSource, type Service } from './compose.ts'

const compose = readCompose()
const services = Object.entries(compose.services)
const environment = (name: string) => compose.services[name]?.environment ?? {}

test('docker-compose.yml follows the Compose Specification', () => {
  const schema = JSON.parse(readSource('node_modules/dclint/schemas/compose.schema.json')) as object
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false, validateSchema: false })
  const validate = ajv.compile({ ...schema, $schema: undefined })
  assert.equal(validate({ services: { x: { imagee: 'y' } } }), false, 'the schema must refuse what is wrong')
  assert.ok(validate(compose), JSON.stringify(validate.errors, null, 2))
})

test('only the proxy and the object store are published, and to this machine alone', () => {
  const published = services.filter(([, { ports }]) => ports).map(([name]) => name)
  assert.deepEqual(published.sort(), ['hub', 'store'])
  for (const port of services.flatMap(([, { ports = [] }]) => ports)) assert.match(port, /^127\.0\.0\.1:/)
})

test('PostgreSQL is on one network, which has no way out and no place for people', () => {
  assert.deepEqual(compose.services['postgres']?.networks, ['database'])
  assert.equal(compose.networks['database']?.internal, true)
  assert.equal(compose.networks['lab']?.internal, true)
  assert.deepEqual(networksOf('hub'), ['published', 'lab'])
})

const networksOf = (name: string): string[] => {
  const networks = compose.services[name]?.networks ?? []
  return Array.isArray(networks) ? networks : Object.keys(networks)
}

test('every service that stays up has a health check', () => {
  const staying = services.filter(([, { restart }]) => restart !== 'no')
  assert.equal(staying.length, 6)
  for (const [name, { healthcheck }] of staying) assert.ok(healthcheck, `${name} has no health check`)
})

test('no secret stands in the file: each is a file that secrets.ts makes', () => {
  const made = readSource('hub/deploy/secrets.ts')
  for (const [name, { file }] of Object.entries(compose.secrets)) {
    const fileName = file.split('/').at(-1) ?? ''
    assert.ok(made.includes(`${fileName}:`) || made.includes(`'${fileName}'`), `nothing makes ${file}`)
    assert.ok(services.some(([, { secrets }]) => secrets?.includes(name)), `no service uses the secret ${name}`)
  }
  for (const [service, { environment = {} }] of services) {
    for (const [name, value] of Object.entries(environment)) {
      if (!/TOKEN|SECRET|PASSWORD|_URI$|DATABASE_URL|MIGRATOR_URL|KEY$/.test(name)) continue
      assert.match(value, /^@?\/run\/secrets\//, `${service} has ${name} in clear`)
    }
  }
})

test('a service that names a mounted secret is given it', () => {
  for (const [service, { environment = {}, secrets = [] }] of services) {
    const named = Object.values(environment).flatMap((value) => /^@?\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [])
    for (const name of named) assert.ok(secrets.includes(name), `${service} is not given ${name}`)
  }
})

test('every setting is one that the program reads', () => {
  const sources = (pattern: string) => globSync(pattern).map(readSource).join('\n')
  const readBy: Record<string, string> = {
    init: sources('db/**/*.ts') + readSource('hub/deploy/furnish.ts'),
    gateway: sources('hub/gateway/*.ts'),
    worker: sources('hub/worker/*.ts'),
    hub: readSource('hub/deploy/jupyterhub_config.py') + readSource('hub/jupyter/petri_authenticator.py') + 'CONFIGPROXY_AUTH_TOKEN',
    // The laptop's profile starts the same programs with the same names, and the tests run it.
    postgrest: readSource('hub/stack/postgrest.ts'),
    // versitygw names what it reads; the two more are its image's entrypoint's.
    store: execFileSync(inTools('versitygw'), ['--help'], { encoding: 'utf8' }) + 'VGW_BACKEND VGW_BACKEND_ARG',
    // Of the image's documentation.
    postgres: 'POSTGRES_DB POSTGRES_PASSWORD_FILE POSTGRES_INITDB_ARGS',
  }
  for (const [service, { environment = {} }] of services) {
    for (const name of Object.keys(environment)) {
      assert.match(readBy[service] ?? '', new RegExp(`\\b${name}\\b`), `${service} does not read ${name}`)
    }
  }
})

test('the gateway finds all that it requires', () => {
  assert.equal(readSettings(environment('gateway')).prefix, '/services/petri/')
})

test('the Hub finds all that it requires', () => {
  const required = [...readSource('hub/deploy/jupyterhub_config.py').matchAll(/env\[['"](\w+)['"]\]/g)].map(([, name]) => name ?? '')
  assert.ok(required.length > 0)
  for (const name of required) assert.ok(name in environment('hub'), `the Hub needs ${name}`)
})

test('PostgREST is configured as on a laptop, but for its addresses', () => {
  const laptop = [...readSource('hub/stack/postgrest.ts').matchAll(/(PGRST_\w+):/g)].map(([, name]) => name).sort()
  assert.deepEqual(Object.keys(environment('postgrest')).sort(), laptop)
})

test('every file that a service is built from, runs or mounts is there', () => {
  const files = services.flatMap(([, service]) => filesOf(service))
  assert.ok(files.includes('hub/gateway/main.ts'))
  for (const file of files) assert.ok(existsSync(file), `${file} is missing`)
})

function filesOf({ build, command = [], volumes = [] }: Service): string[] {
  const run = command.join(' ').match(/[\w/-]+\.ts\b/g) ?? []
  const mounted = volumes.filter((volume) => volume.startsWith('./')).map((volume) => volume.slice(2).split(':')[0] ?? '')
  return [...(build ? [build.dockerfile] : []), ...run, ...mounted]
}

test('images are pinned', () => {
  const images = services.flatMap(([, { image, build }]) => (image && !build ? [image] : []))
  for (const image of images) assert.match(image, /:v?\d/, `${image} has no version`)
})
