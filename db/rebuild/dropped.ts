/**
 * Functions that were, and are no more: another parameter or another name for one makes a second function beside the first
 * (or fails), so the first is dropped when logic is rebuilt. Written as in db/contracts/catalog.json, with what it returned where
 * only that changed. Never taken off the list: some lab may still have it. Dropped without CASCADE.
 */
import type { Client } from 'pg'

export const droppedFunctions: readonly string[] = [
  'api_v1.start_run(sop text, project_id uuid, name text, sample_ids uuid[], experiment_id uuid)', // act_key was added
  'api_v1.read_import_problems(import_id uuid, after_row integer, most integer) returns TABLE(row_no integer, kind text, code text, "column" text, value text, message text, hint text)',
  'private.demand_linkable(lab uuid, kind text, record_id uuid)', // the record's own policy says of which lab it is
  'private.judge_pieces(import lab.imports) returns TABLE(raw text, plain text, typed text, found text, joins text, changed text, problems text, warnings text, record text)',
  'private.column_problems_sql(n bigint, target text, said text, data_type text, required boolean, may_change boolean, present text, fixed text, by_code boolean)',
  'private.search_query(terms text[])', // begun and joined were added
]

type Standing = { owner: string, signature: string }

/** Those on the list that this database still has. */
export const findDropped = async (db: Client, dropped = droppedFunctions): Promise<Standing[]> => {
  const { rows } = await db.query<Standing>(`
    select p.proowner::regrole::text as owner, p.oid::regprocedure::text as signature
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    cross join lateral format('%s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name
    where n.nspname in ('api_v1', 'private', 'arrow')
      and (name = any ($1) or name || ' returns ' || pg_get_function_result(p.oid) = any ($1))`, [dropped])
  return rows
}

export const dropFunctions = async (db: Client, standing: Standing[]): Promise<void> => {
  for (const { owner, signature } of standing) await db.query(`set local role ${owner}; drop function ${signature}; reset role`)
}
