import { randomBytes, randomInt, scryptSync } from 'node:crypto'
import { join } from 'node:path'
import { firstPerson } from './found-lab.ts'
import { writeJson } from './json-file.ts'
import { keep } from './secrets.ts'

export interface Person {
  login: string
  name: string
  role: string
  lab: string
  password: string
}

const demoPeople: Omit<Person, 'password'>[] = [
  { login: 'ada', name: 'Ada Okafor', role: 'lab admin', lab: 'Petri demo lab' },
  { login: 'dina', name: 'Dina Marsh', role: 'data scientist', lab: 'Petri demo lab' },
  { login: 'arno', name: 'Arno Vis', role: 'analyst', lab: 'Petri demo lab' },
  { login: 'tess', name: 'Tess Lindqvist', role: 'technician', lab: 'Petri demo lab' },
  { login: 'rhea', name: 'Rhea Castellan', role: 'reviewer', lab: 'Petri demo lab' },
  { login: 'sten', name: 'Sten Borg', role: 'analyst', lab: 'Northside' },
]

export const passwordsFile = (secrets: string) => join(secrets, 'passwords.json')
export const peopleFile = (secrets: string) => join(secrets, 'people.json')

/** Who can sign in, each with a password of their own made at the first start; the Hub gets the hashes alone. */
export function readPeople(secrets: string, { demo }: { demo: boolean }): Person[] {
  const people = keep(peopleFile(secrets), () => (demo ? demoPeople : [firstPerson]).map((person) => ({ ...person, password: makePassword() })))
  keep(passwordsFile(secrets), () => hashAll(people))
  return people
}

/** After a restore the hashes follow from the people that came with the lab. */
export function writePeople(secrets: string, people: Person[]): void {
  writeJson(peopleFile(secrets), people)
  writeJson(passwordsFile(secrets), hashAll(people))
}

const hashAll = (people: Person[]) => Object.fromEntries(people.map(({ login, password }) => [login, hashPassword(password)]))

/** Twelve letters and digits that cannot be mistaken for each other: 59 bits. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group()].join('-')
}

/** `scrypt$N$r$p$salt$hash`, salt and hash in hexadecimal. */
export function hashPassword(password: string, salt: Buffer = randomBytes(16)): string {
  const [N, r, p] = [16384, 8, 1]
  return ['scrypt', N, r, p, salt.toString('hex'), scryptSync(password, salt, 32, { N, r, p }).toString('hex')].join('$')
}
