-- Walks through the samples that one may see, in the order of their ids, until a page is full or the time is up.

create or replace function private.walk_samples(
  condition text, among uuid[], project uuid, after_id uuid, most integer, newest boolean, for_ms integer)
returns private.sample_walk
language plpgsql stable
set search_path = ''
as $$
declare
  began constant timestamptz := clock_timestamp();
  statement constant text := private.walk_sql(condition, among is not null, project is not null, newest);
  walk private.sample_walk := ('{}', after_id, 0);
  step record;
begin
  loop
    execute statement using walk.next, among, project, case when among is null then 4000 end into step;
    walk.ids := (walk.ids || step.ids)[1:most];
    walk.examined := walk.examined + step.examined;
    if cardinality(walk.ids) = most then
      walk.next := walk.ids[most];
      return walk;
    elsif step.is_last then
      walk.next := null;
      return walk;
    end if;
    walk.next := step.last_id;
    if clock_timestamp() - began > for_ms * interval '1 millisecond' then
      return walk;
    end if;
  end loop;
end $$;
grant execute on function private.walk_samples(text, uuid[], uuid, uuid, integer, boolean, integer) to member;

-- One step: the next samples, and which of them fulfil the condition.
create or replace function private.walk_sql(condition text, is_among boolean, in_project boolean, newest boolean)
returns text
language sql immutable
set search_path = ''
as $$
  select format('
    with step as materialized (
      select r.* from lab.samples r
      where ($1 is null or r.id %1$s $1) %2$s %3$s
      order by r.id %4$s limit $4)
    select array(select s.id from step s where %5$s order by s.id %4$s) as ids,
      (select count(*)::integer from step) as examined,
      (select count(*) from step) < coalesce($4, 2147483647) as is_last,
      (select s.id from step s order by s.id %6$s limit 1) as last_id',
    case when newest then '<' else '>' end,
    case when is_among then 'and r.id = any ($2)' else '' end,
    case when in_project then 'and r.project_id = $3' else '' end,
    case when newest then 'desc' else 'asc' end, condition, case when newest then 'asc' else 'desc' end)
$$;
grant execute on function private.walk_sql(text, boolean, boolean, boolean) to member;
