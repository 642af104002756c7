import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hashPassword, passwordsFile, peopleFile, readPeople } from './people.ts'

test('a password is hashed as the Hub reads it', () => {
  // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 bytes.
  const hash = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2'
  const salt = Buffer.from('SodiumChloride')
  assert.equal(hashPassword('pleaseletmein', salt), `scrypt$16384$8$1$${salt.toString('hex')}$${hash}`)
})

test('people keep their own passwords over restarts, in files that only their owner reads', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'petri-people-'))
  const people = readPeople(secrets, { demo: true })
  assert.equal(new Set(people.map(({ password }) => password)).size, people.length)
  assert.deepEqual(readPeople(secrets, { demo: true }), people)
  for (const file of [peopleFile(secrets), passwordsFile(secrets)]) assert.equal(statSync(file).mode & 0o777, 0o600)
  for (const { password } of people) assert.doesNotMatch(readFileSync(passwordsFile(secrets), 'utf8'), new RegExp(password))
})
