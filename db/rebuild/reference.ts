/** Reference pages in Markdown, made from the comments of the law. */
import type { Client } from 'pg'

const page = (title: string, intro: string, body: string[]): string =>
  [`# ${title}`, '', intro, '', ...body].join('\n') + '\n'

const tableOf = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map(row => `| ${row.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`),
]

/** Every code with which Petri says no. */
export const referenceOfRefusals = async (db: Client): Promise<string> => {
  const { rows } = await db.query(`select code, status::text, message, hint from private.refusals() order by code`)
  return page('Refusals', 'Every "no" of the law has a code, an HTTP status, a message and a hint. `%s` stands for the value at hand. Made from `private.refusals()`.',
    tableOf(['code', 'status', 'message', 'hint'], rows.map(row => [row.code, row.status, row.message, row.hint])))
}

/** Every exposed view and function. */
export const referenceOfApi = async (db: Client): Promise<string> => {
  const { rows: views } = await db.query(viewsQuery)
  const { rows: functions } = await db.query(functionsQuery)
  return page('API v1', 'Made from the comments of schema `api_v1`. Units stand in brackets. Views answer at `/<view>`, functions at `/rpc/<function>`.', [
    '## Functions', '',
    ...tableOf(['function', 'returns', 'what it does'], functions.map(row => [`\`${row.name}(${row.arguments})\``, `\`${row.returns}\``, row.comment])),
    ...views.flatMap(view => ['', `## ${view.name}`, '', view.comment, '',
      ...tableOf(['column', 'type', 'what it is'], view.columns.map((column: { name: string, type: string, comment: string }) =>
        [`\`${column.name}\``, column.type, column.comment]))]),
  ])
}

const viewsQuery = `
  select c.relname as name, obj_description(c.oid, 'pg_class') as comment,
    jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'comment', coalesce(col_description(c.oid, a.attnum), '')) order by a.attnum) as columns
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'api_v1'::regnamespace and c.relkind = 'v'
  group by c.oid, c.relname
  order by c.relname`

const functionsQuery = `
  select p.proname as name, pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as returns,
    coalesce(obj_description(p.oid, 'pg_proc'), '') as comment
  from pg_proc p
  where p.pronamespace = 'api_v1'::regnamespace and p.prokind = 'f'
    and has_function_privilege('member', p.oid, 'execute')
  order by p.proname`
