-- One search over all kinds. Ids come from the index of words, the rows from policy-checked tables: what one may not see is
-- neither shown nor counted.

create or replace function api_v1.search_all(
  query text,
  kinds text[] default null,
  project_id uuid default null,
  after text default null,
  most integer default 50)
returns setof api_v1.search_hit
language plpgsql stable
set search_path = ''
as $$
declare
  before record := private.search_cursor(after);
begin
  if most not between 1 and 1000 then
    perform private.refuse('PL022', '{1000}', '{1000}');
  end if;
  return query
    with visible as materialized (
      select * from private.find_visible(query, kinds, project_id)
    ), page as materialized (
      select * from visible v
      where after is null or (v.score, v.record_id) < (before.score, before.record_id)
      order by v.score desc, v.record_id desc
      limit most
    ), cards as (
      select c.* from (select p.kind, array_agg(p.record_id) as ids from page p group by p.kind) k
      cross join lateral private.read_cards(k.kind, k.ids) c
    )
    select p.kind, c.id, c.code, c.title, c.detail, c.status, c.project, c.created_at,
      private.mark_words(c.title, p.marks), private.snippet_of(c.more, p.marks), p.matched, p.score, p.score || ':' || p.record_id
    from page p join cards c on c.id = p.record_id
    order by p.score desc, p.record_id desc;
end $$;
comment on function api_v1.search_all(text, text[], uuid, text, integer) is
  'Records of all kinds, best first: a code typed exactly, codes that begin so, words (the last may be begun, or all of them), and only where nothing else is found words that are alike. The newest 1,000 matches are ranked. Nothing typed lists the newest. Go on with the cursor of the last row.';
grant execute on function api_v1.search_all(text, text[], uuid, text, integer) to member;

create or replace function api_v1.count_matches(query text, kinds text[] default null, project_id uuid default null)
returns table (kind text, found integer, more boolean)
language sql stable
set search_path = ''
as $$
  with visible as materialized (select v.kind from private.find_visible(query, kinds, project_id) v)
  select v.kind, count(*)::integer, (select count(*) from visible) >= private.most_ranked()
  from visible v
  group by v.kind
  order by v.kind
$$;
comment on function api_v1.count_matches(text, text[], uuid) is
  'How many records of each kind a search finds; "more" says that there are more than that, since the newest 1,000 matches are looked at.';
grant execute on function api_v1.count_matches(text, text[], uuid) to member;
