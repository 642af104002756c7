-- Where a record comes from, at any depth, in one call: result → analysis → samples → what they were made from; and downwards,
-- what was made from a sample. Every step stands on a policy-checked view, so a hidden record ends its branch.

create or replace function api_v1.get_lineage(record_id uuid)
returns table (depth integer, kind text, id uuid, code text, name text, from_id uuid, relation text)
language sql stable
set search_path = ''
as $$
  with recursive upwards as (
    select 0 as depth, record_id as id, null::uuid as from_id, null::text as relation
    union
    select u.depth + 1, n.id, u.id, n.relation
    from upwards u
    cross join lateral (
      select r.analysis_id as id, 'result of' as relation from api_v1.results r where r.id = u.id
      union all
      select a.sample_id, 'measured on' from private.visible_analysis_samples() a where a.analysis_id = u.id
      union all
      select o.parent_id, o.kind || ' of' from api_v1.sample_origins o where o.sample_id = u.id
    ) n
    where u.depth < 100
  ), downwards as (
    select 0 as depth, record_id as id, null::uuid as from_id, null::text as relation
    union
    select d.depth - 1, o.sample_id, d.id, 'made into by ' || o.kind
    from downwards d
    join api_v1.sample_origins o on o.parent_id = d.id
    where d.depth > -100
  ), steps as (
    select * from upwards
    union
    select * from downwards
  )
  select s.depth, k.kind, s.id, k.code, k.name, s.from_id, s.relation
  from steps s
  cross join lateral (
    select 'result' as kind, r.code, r.name from api_v1.results r where r.id = s.id
    union all
    select 'analysis', a.code, a.title from api_v1.analyses a where a.id = s.id
    union all
    select 'sample', m.code, m.name from api_v1.samples m where m.id = s.id
  ) k
  order by s.depth, k.code
$$;
comment on function api_v1.get_lineage(uuid) is
  'Where a result, analysis or sample comes from (depth > 0) and what was made from a sample (depth < 0); depth 0 is the record.';
grant execute on function api_v1.get_lineage(uuid) to member;

create or replace function private.visible_analysis_samples()
returns table (analysis_id uuid, sample_id uuid)
language sql stable
set search_path = ''
as $$
  select s.analysis_id, s.sample_id from lab.analysis_samples s
$$;
grant execute on function private.visible_analysis_samples() to member;
