/** The guards guard: each sabotage of the law makes the sentence that forbids it fail. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { runTap } from './tap.ts'

const stack = JSON.parse(readFileSync(process.env.PETRI_STACK!, 'utf8')) as { databases: { migrator: string } }

const sabotages: [what: string, sql: string, sentence: string][] = [
  ['a table outside the catalog', 'create table lab.smuggled (id int)', 'every table of lab stands in the catalog of governed tables'],
  ['a table without row security', 'alter table lab.samples disable row level security', 'every table of lab, history and audit has forced row security'],
  ['a view without security_invoker', 'create view api_v1.leak as select * from lab.samples', 'every exposed view asks the policies of whoever reads it (security_invoker)'],
  ['an exposed table', 'create table api_v1.leak (id int)', 'only views and functions are exposed, never tables'],
  ['a dropped trigger', 'drop trigger govern_1_merge on lab.samples', 'every governed table merges edits, demands versions and remembers inserts, updates and deletions'],
  ['a function without search_path', 'create function api_v1.f() returns int language sql as $$ select 1 $$', 'every function fixes its search_path'],
  ['a function anybody may call', 'grant execute on function api_v1.me() to public', 'no function may be called by just anybody'],
  ['a right to delete', 'grant delete on api_v1.samples to member', 'nothing can be deleted through the API'],
  ['a column without words', "comment on column api_v1.samples.name is null", 'every exposed column says what it is'],
]

for (const [what, sql, sentence] of sabotages) {
  test(`${what} is noticed`, async () => {
    const sentences = await runTap(stack.databases.migrator, '10_governance.sql', sql)
    assert.deepEqual(sentences.filter(({ text }) => text.startsWith(sentence)).map(({ holds }) => holds), [false])
  })
}
