-- Samples by typed conditions. What is asked of few records is looked up; what is asked of many is found by walking through the
-- samples, for a bounded time a page. Both run as whoever asks.

create or replace function api_v1.find_samples(
  filter jsonb default '[]',
  project_id uuid default null,
  after_id uuid default null,
  most integer default 50,
  sort text default 'newest')
returns api_v1.sample_page
language plpgsql stable
set search_path = ''
as $$
declare
  condition constant text := private.plan_condition('sample', filter, 's');
  walk private.sample_walk;
begin
  if most not between 1 and 1000 then
    perform private.refuse('PL022', '{1000}', '{1000}');
  elsif sort not in ('newest', 'oldest') then
    perform private.refuse('PL189', array[sort]);
  end if;
  walk := private.walk_samples(condition, private.probe('sample', filter), project_id, after_id, most, sort = 'newest', 60);
  return row(
    coalesce((select jsonb_agg(to_jsonb(v) order by array_position(walk.ids, v.id)) from api_v1.samples v where v.id = any (walk.ids)), '[]'),
    walk.next, walk.examined)::api_v1.sample_page;
end $$;
comment on function api_v1.find_samples(jsonb, uuid, uuid, integer, text) is
  'Samples that fulfil a condition on their fields, the fields of their sample type (fields.<key>), and linked records: parents, ancestors, children, measurements, experiments, places, codes of others; see search_fields. A page takes a bounded time: it may be short while next says to go on. sort: newest or oldest.';
grant execute on function api_v1.find_samples(jsonb, uuid, uuid, integer, text) to member;

create or replace function api_v1.count_samples(filter jsonb default '[]', project_id uuid default null)
returns table (found integer, more boolean)
language plpgsql stable
set search_path = ''
as $$
declare
  walk constant private.sample_walk := private.walk_samples(
    private.plan_condition('sample', filter, 's'), private.probe('sample', filter), project_id, null, 1000, true, 500);
begin
  return query select cardinality(walk.ids), walk.next is not null;
end $$;
comment on function api_v1.count_samples(jsonb, uuid) is
  'How many samples fulfil a condition of find_samples; "more" says that there may be more than that.';
grant execute on function api_v1.count_samples(jsonb, uuid) to member;
