-- Lists and codes for people. Both stand on the policy-checked views: what one may not see is not found.

create or replace function api_v1.search_records(
  kind text,
  query text default '',
  before_id uuid default null,
  most integer default 50)
returns setof api_v1.found_record
language plpgsql stable
set search_path = ''
as $$
declare
  words constant text := '%' || regexp_replace(btrim(query), '([\\%_])', '\\\1', 'g') || '%';
begin
  if most not between 1 and 1000 then
    perform private.refuse('PL022', '{1000}', '{1000}');
  end if;
  if kind = 'sample' then
    return query
      select 'sample', s.id, s.code, s.name, s.sample_type, s.status, p.code, s.created_at
      from api_v1.samples s join api_v1.projects p on p.id = s.project_id
      where (before_id is null or s.id < before_id) and (s.code ilike words or s.name ilike words or s.sample_type ilike words)
      order by s.id desc limit most;
  elsif kind = 'experiment' then
    return query
      select 'experiment', e.id, e.code, e.name, e.question, e.status, p.code, e.created_at
      from api_v1.experiments e join api_v1.projects p on p.id = e.project_id
      where (before_id is null or e.id < before_id) and (e.code ilike words or e.name ilike words or e.question ilike words)
      order by e.id desc limit most;
  elsif kind = 'sop_run' then
    return query
      select 'sop_run', r.id, r.code, r.name, r.sop_title, r.status, p.code, r.created_at
      from api_v1.sop_runs r join api_v1.projects p on p.id = r.project_id
      where (before_id is null or r.id < before_id) and (r.code ilike words or r.name ilike words or r.sop_title ilike words)
      order by r.id desc limit most;
  else
    perform private.refuse('PL008',
      array[format('Unknown kind "%s".', kind)], array['Expected one of: sample, experiment, sop_run.']);
  end if;
end $$;
comment on function api_v1.search_records(text, text, uuid, integer) is
  'Newest records of a kind (sample, experiment, sop_run) whose code, name or description contains the query; go on with before_id.';
grant execute on function api_v1.search_records(text, text, uuid, integer) to member;

create or replace function api_v1.find_by_code(code text)
returns setof api_v1.found_record
language sql stable
set search_path = ''
as $$
  select 'sample', r.id, r.code, r.name, r.sample_type, r.status, p.code, r.created_at
  from api_v1.samples r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
  union all
  select 'experiment', r.id, r.code, r.name, r.question, r.status, p.code, r.created_at
  from api_v1.experiments r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
  union all
  select 'plate', r.id, r.code, r.name, null, null, p.code, r.created_at
  from api_v1.plates r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
  union all
  select 'analysis', r.id, r.code, r.title, r.notebook, null, p.code, r.created_at
  from api_v1.analyses r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
  union all
  select 'result', r.id, r.code, r.name, null, r.status, p.code, r.created_at
  from api_v1.results r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
  union all
  select 'sop_run', r.id, r.code, r.name, r.sop_title, r.status, p.code, r.created_at
  from api_v1.sop_runs r join api_v1.projects p on p.id = r.project_id where r.code = upper(btrim(find_by_code.code))
$$;
comment on function api_v1.find_by_code(text) is 'The record that carries a code, typed or scanned.';
grant execute on function api_v1.find_by_code(text) to member;
