import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { DumpedTable, Manifest } from './dumped.ts'

// What is not carried: the record of the law, which follows from the law's own files, and the key to this machine's store.
const notCarried = ['private.applied_migrations', 'private.applied_logic', 'private.object_store']
const ours = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$)'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`

/** Makes values look the same wherever they are written, and rows come in the order they lie. */
export const steadySettings = `set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set synchronize_seqscans = off`

/** Every table whose rows are carried. */
export async function listTables(db: Client): Promise<Pick<DumpedTable, 'name' | 'columns'>[]> {
  const { rows } = await db.query<{ name: string; columns: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${ours} and format('%I.%I', n.nspname, c.relname) <> all ($1)
    order by c.oid`, [notCarried])
  return rows
}

export async function listSequences(db: Client): Promise<Manifest['sequences']> {
  const { rows } = await db.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ours} order by 1`)
  const read = async ({ name }: { name: string }) => {
    const state = await db.query<{ last_value: string; is_called: boolean }>(`select last_value, is_called from ${name}`)
    return { name, lastValue: state.rows[0]?.last_value ?? '1', isCalled: state.rows[0]?.is_called ?? false }
  }
  const sequences: Manifest['sequences'] = []
  for (const row of rows) sequences.push(await read(row))
  return sequences
}

/** Writes a table's rows to a file, or nowhere, and tells what they are. */
export async function copyOut(db: Client, { name, columns }: Pick<DumpedTable, 'name' | 'columns'>, file?: string): Promise<DumpedTable> {
  const hash = createHash('sha256')
  const source = db.query(copyTo(`copy ${name} (${columns}) to stdout`))
  const tap = new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, (hash.update(chunk), chunk)) })
  await pipeline(source, tap, file ? createWriteStream(file, { mode: 0o600 }) : nowhere())
  return { name, columns, rows: source.rowCount, sha256: hash.digest('hex') }
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

export async function copyIn(db: Client, { name, columns }: DumpedTable, file: string): Promise<void> {
  await pipeline(createReadStream(file), db.query(copyFrom(`copy ${name} (${columns}) from stdin`)))
}
