-- owner: law
-- Requests and their tests. A run that ends ends its tests; a request stands as its tests do.

create or replace function private.read_tests(project lab.projects, tests jsonb)
returns table (ordinal integer, sample_id uuid, code text, measurand text, method text, problem text)
language sql stable
set search_path = ''
as $$
  with named as materialized (
    select t.item, t.n, s.id, s.code
    from jsonb_array_elements(tests) with ordinality t (item, n)
    left join lab.samples s on s.lab_id = project.lab_id and s.project_id = project.id
      and case when t.item ->> 'sample_id' is not null then s.id::text = t.item ->> 'sample_id' else s.code = upper(btrim(t.item ->> 'sample')) end
  ), seen as materialized (
    select v.id from private.visible_records('samples', (select array_agg(n.id) from named n)) v (id)
  )
  select n.n::integer, s.id, coalesce(case when s.id is not null then n.code end, n.item ->> 'sample', n.item ->> 'sample_id'), m.code,
    nullif(btrim(n.item ->> 'method'), ''),
    case
      when jsonb_typeof(n.item) <> 'object' then 'is no object with a sample and a measurand'
      when s.id is null then format('names no sample of project %s that you may see', project.code)
      when m.code is null then format('has the unknown measurand "%s"', n.item ->> 'measurand')
      when row_number() over (partition by s.id, m.code, btrim(n.item ->> 'method') order by n.n) > 1 then 'stands twice'
    end
  from named n
  left join seen s on s.id = n.id
  left join lab.measurands m on m.lab_id = project.lab_id and m.code = n.item ->> 'measurand'
$$;

-- Holds tests of one project, and refuses where one is not there or not as wanted.
create or replace function private.lock_tests(test_ids uuid[], roles text[], wanted text[])
returns setof lab.tests
language plpgsql volatile
set search_path = ''
as $$
declare
  test lab.tests;
  wanted_id uuid;
  seen constant uuid[] := array(select private.visible_records('tests', test_ids));
begin
  if coalesce(cardinality(test_ids), 0) not between 1 and 5000 then
    perform private.refuse('PL008', array['No tests were named.'], array['Give the ids of 1 to 5000 tests.']);
  end if;
  for wanted_id in select distinct i from unnest(test_ids) i order by i loop
    select t.* into test from lab.tests t where t.id = wanted_id and t.id = any (seen) for update;
    if not found then
      perform private.refuse('PL004', array['test', wanted_id::text]);
    end if;
    perform private.demand_project_role(test.project_id, roles);
    if test.status <> all (wanted) then
      perform private.refuse('PL174', array[test.measurand, s.code, test.status], array[array_to_string(wanted, ' or ')])
      from lab.samples s where s.lab_id = test.lab_id and s.id = test.sample_id;
    end if;
    return next test;
  end loop;
end $$;

-- After tests changed: their requests follow.
create or replace function private.settle_requests()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update lab.requests r
  set status = s.status, finished_at = case when s.status in ('completed', 'cancelled') then clock_timestamp() end
  from (
    select t.lab_id, t.request_id, case
        when bool_and(t.status = 'cancelled') then 'cancelled'
        when bool_and(t.status in ('done', 'cancelled')) then 'completed'
        when bool_or(t.status in ('in progress', 'done')) then 'in progress'
        else 'submitted' end as status
    from lab.tests t
    where (t.lab_id, t.request_id) in (select n.lab_id, n.request_id from changed n)
    group by t.lab_id, t.request_id) s
  where r.lab_id = s.lab_id and r.id = s.request_id and r.status <> s.status;
  return null;
end $$;
grant execute on function private.settle_requests() to migrator;

-- After a run ended: completed, its tests are done; aborted, they are wanted again.
create or replace function private.end_tests()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update lab.tests t
  set status = case new.status when 'completed' then 'done' else 'requested' end,
    done_at = case new.status when 'completed' then clock_timestamp() end,
    done_by = case new.status when 'completed' then private.claimed_person_v1() end,
    sop_run_id = case new.status when 'completed' then t.sop_run_id end
  where t.lab_id = new.lab_id and t.sop_run_id = new.id and t.status = 'in progress';
  return null;
end $$;
grant execute on function private.end_tests() to migrator;
