/** What a function was called with before is dropped when logic is rebuilt, so that a lab that grows older has no second one beside it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'
import { droppedFunctions, findDropped } from '../../db/rebuild/dropped.ts'
import { rebuildLogic } from '../../db/rebuild/logic.ts'

const stack = JSON.parse(readFileSync(process.env.PETRI_STACK!, 'utf8')) as { databases: { migrator: string } }

const withMigrator = async (work: (db: pg.Client) => Promise<void>): Promise<void> => {
  const db = new pg.Client({ connectionString: stack.databases.migrator })
  await db.connect()
  try {
    await work(db)
  } finally {
    await db.end()
  }
}

const namesOf = async (db: pg.Client, name: string): Promise<string[]> => {
  const { rows } = await db.query(`
    select pg_get_function_identity_arguments(oid) || ' returns ' || pg_get_function_result(oid) as name
    from pg_proc where pronamespace = 'api_v1'::regnamespace and proname = $1`, [name])
  return rows.map(row => row.name)
}

test('the function that an older law had is dropped, also one of law', () => withMigrator(async db => {
  await db.query(`begin; set local role law;
    create function api_v1.start_run(sop text, project_id uuid, name text, sample_ids uuid[], experiment_id uuid)
    returns jsonb language sql set search_path = '' as 'select null::jsonb'; commit`)
  assert.equal((await namesOf(db, 'start_run')).length, 2)
  await rebuildLogic(db)
  assert.deepEqual((await namesOf(db, 'start_run')).map(name => name.includes('act_key')), [true])
}))

test('a parameter that was renamed, or another answer, makes the old function one to drop, and no other', () => withMigrator(async db => {
  await db.query(`begin;
    create function api_v1.tap_renamed(old_name text) returns text language sql set search_path = '' as 'select old_name';
    create function api_v1.tap_answer(x text) returns text language sql set search_path = '' as 'select x'; commit`)
  await rebuildLogic(db, { dropped: ['api_v1.tap_renamed(new_name text)', 'api_v1.tap_answer(x text) returns uuid'] })
  assert.equal((await namesOf(db, 'tap_renamed')).length + (await namesOf(db, 'tap_answer')).length, 2)
  await rebuildLogic(db, { dropped: ['api_v1.tap_renamed(old_name text)', 'api_v1.tap_answer(x text) returns text'] })
  assert.equal((await namesOf(db, 'tap_renamed')).length + (await namesOf(db, 'tap_answer')).length, 0)
}))

test('a function that something stands on is not dropped with it: the rebuild fails as a whole', () => withMigrator(async db => {
  await db.query(`begin;
    create function api_v1.tap_leaned_on() returns integer language sql stable set search_path = '' as 'select 1';
    create view private.tap_view as select api_v1.tap_leaned_on() as one; commit`)
  try {
    await assert.rejects(rebuildLogic(db, { dropped: ['api_v1.tap_leaned_on()'] }), /other objects depend on it/)
  } finally {
    await db.query('drop view private.tap_view; drop function api_v1.tap_leaned_on()')
  }
}))

test('nothing that the law makes stands on the list of what it dropped', () => withMigrator(async db => {
  assert.deepEqual(await findDropped(db), [])
  assert.equal(new Set(droppedFunctions).size, droppedFunctions.length)
}))
